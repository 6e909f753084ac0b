import type { Child } from 'hono/jsx';
import { roleName } from '../../institutions/index.ts';
import type { Held } from '../../privacy/index.ts';
import { day, moment } from '../format.ts';
import type { View } from '../view.ts';
import { hostOf, Visible } from '../visible.tsx';
import { StateWord } from './state-word.tsx';
import { HeldTeams } from './team.tsx';

interface DataProps {
  view: View;
  held: Held;
}

/** All that we hold about a person, readable, on one page. */
export function DataPage({ view, held }: DataProps) {
  const { data, account } = view.t.people;
  const { language } = view;
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{data.title}</h1>
        <p class="lead">{data.lead}</p>
      </section>
      <section aria-labelledby="take">
        <h2 id="take">{data.take}</h2>
        <p>{data.takeLead}</p>
        <p class="actions">
          <a class="button" href="/account/data.zip" download>
            {data.zip}
          </a>
          <a href="/account/data.json" download>
            {data.json}
          </a>
        </p>
      </section>
      <section aria-labelledby="who">
        <h2 id="who">{data.who}</h2>
        <ul class="plain">
          {held.identities.map(identity => (
            <li>
              {account.ties.kind[identity.kind]}: <bdi>{identity.label}</bdi>
              {identity.name && identity.name !== identity.label && ` (${identity.name})`}
            </li>
          ))}
        </ul>
        <p class="apart">{data.sessions(held.sessions.length)}</p>
        {held.movedSubjects.length > 0 && <p>{data.moved(held.movedSubjects.length)}</p>}
        <dl class="facts">
          <Fact name={data.since}>{day(held.person.createdAt, language)}</Fact>
          <Fact name={data.language}>{account.language.names[held.person.language]}</Fact>
        </dl>
        <p class="actions">
          <a href="/account">{data.toAccount}</a>
        </p>
      </section>
      <Roles view={view} held={held} />
      <Awards view={view} held={held} />
      <Offers view={view} held={held} />
      <Imported view={view} held={held} />
      <Services view={view} held={held} />
      <HeldTeams view={view} shown={held.shownInTeams} />
      {held.letters.length > 0 && (
        <section aria-labelledby="letters">
          <h2 id="letters">{data.letters}</h2>
          <ul class="plain">
            {held.letters.map(({ subject, to, createdAt }) => (
              <li>
                {data.letter(subject ?? '', to ?? '')} <span class="note">{moment(createdAt, language)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Log view={view} held={held} />
      <section aria-labelledby="erase">
        <h2 id="erase">{data.erase.title}</h2>
        <p>{data.erase.lead}</p>
        <p class="actions">
          <a href="/account/erase">{data.erase.link}</a>
        </p>
      </section>
    </>
  );
}

function Roles({ view, held }: DataProps) {
  const { data } = view.t.people;
  const { language } = view;
  if (!held.roles.length && !held.invitations.length) return null;
  return (
    <section aria-labelledby="roles">
      <h2 id="roles">{data.roles}</h2>
      <ul class="plain">
        {held.roles.map(({ role, institution, since, endedAt }) => (
          <li>
            {data.role(roleName(language, 'other', role), institution)}
            <span class="note">
              {data.from(day(since, language))} {endedAt && data.ended(day(endedAt, language))}
            </span>
          </li>
        ))}
      </ul>
      {held.invitations.length > 0 && <h3 class="apart">{data.invitations}</h3>}
      <ul class="plain">
        {held.invitations.map(({ role, institution, address, createdAt }) => (
          <li>
            {data.invitation(roleName(language, 'other', role), institution, address)}
            <span class="note">{day(createdAt, language)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Awards({ view, held }: DataProps) {
  const { data } = view.t.people;
  const { fields } = data;
  const { language } = view;
  return (
    <section aria-labelledby="awards">
      <h2 id="awards">{data.awards}</h2>
      {held.awards.length === 0 && <p class="empty">{data.none}</p>}
      <ul class="ties">
        {held.awards.map(award => {
          const said = award.changes.filter(change => change.words);
          return (
            <li class="tie">
              <h3>{award.title}</h3>
              {!award.mine && <p class="note">{data.notMine}</p>}
              <dl class="facts">
                <Fact name={fields.by}>{award.institution}</Fact>
                <Fact name={fields.state}>
                  <StateWord view={view} state={award.state} />
                </Fact>
                <Given view={view} input={award.input} />
                {award.identified && (
                  <Fact name={fields.identified}>
                    {view.t.people.account.ties.kind[award.identified.kind]}, {moment(award.identified.at, language)}
                  </Fact>
                )}
                {said.length > 0 && (
                  <Fact name={fields.said} wide>
                    {said.map(({ at, words }) => (
                      <p>
                        {words} <span class="note">{moment(at, language)}</span>
                      </p>
                    ))}
                  </Fact>
                )}
                {award.replies.length > 0 && (
                  <Fact name={fields.replies} wide>
                    {award.replies.map(({ at, words }) => (
                      <p>
                        {words} <span class="note">{moment(at, language)}</span>
                      </p>
                    ))}
                  </Fact>
                )}
                {award.confirmations.length > 0 && (
                  <Fact name={fields.confirmed}>
                    {award.confirmations.map(({ at }) => day(at, language)).join(', ')}
                  </Fact>
                )}
                {award.shareLinks.length > 0 && (
                  <Fact name={fields.shared} wide>
                    {award.shareLinks.map(({ purpose, createdAt, uses }) => (
                      <p>
                        {purpose} <span class="note">{fields.sharedOn(day(createdAt, language), uses)}</span>
                      </p>
                    ))}
                  </Fact>
                )}
                {award.links.length > 0 && (
                  <Fact name={fields.links} wide>
                    {award.links.map(link => (
                      <p>
                        <a href={link}>{link}</a>
                      </p>
                    ))}
                  </Fact>
                )}
              </dl>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Offers({ view, held }: DataProps) {
  const { data } = view.t.people;
  if (!held.offers.length) return null;
  return (
    <section aria-labelledby="offers">
      <h2 id="offers">{data.offers}</h2>
      <ul class="ties">
        {held.offers.map(offer => (
          <li class="tie">
            <h3>{offer.title}</h3>
            <dl class="facts">
              <Fact name={data.fields.by}>{offer.institution}</Fact>
              <Fact name={data.fields.state}>{data.offerStates[offer.state]}</Fact>
              <Given view={view} input={offer.input} />
            </dl>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Badges from elsewhere that they keep here. */
function Imported({ view, held }: DataProps) {
  const { data } = view.t.people;
  if (!held.imported.length) return null;
  return (
    <section aria-labelledby="imported">
      <h2 id="imported">{data.imported}</h2>
      <ul class="plain">
        {held.imported.map(({ id, issuer, credentialId, createdAt }) => (
          <li>
            <a href={`/badges/elsewhere/${id}`}>{credentialId}</a>, {issuer}{' '}
            <span class="note">{day(createdAt, view.language)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Services that they let in. */
function Services({ view, held }: DataProps) {
  const { data } = view.t.people;
  if (!held.services.length) return null;
  return (
    <section aria-labelledby="services">
      <h2 id="services">{data.services}</h2>
      <ul class="plain">
        {held.services.map(({ name, address, createdAt }) => (
          <li>
            <a href="/account/connections">{hostOf(String(address))}</a> <Visible text={String(name)} t={view.t} />{' '}
            <span class="note">{day(createdAt, view.language)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What an institution wrote when it gave the badge. */
function Given({ view, input }: { view: View; input: Held['awards'][number]['input'] }) {
  const { fields } = view.t.people.data;
  const { name, email, eduid, eppn, did } = input.recipient;
  const { decidedBy, decidedOn, reference } = input.decision;
  return (
    <>
      <Fact name={fields.recipient}>{[name, email, eduid, eppn, did].filter(Boolean).join(', ')}</Fact>
      <Fact name={fields.decision}>{fields.decidedBy(decidedBy, day(decidedOn, view.language))}</Fact>
      {reference && <Fact name={fields.reference}>{reference}</Fact>}
      {input.narrative && (
        <Fact name={fields.narrative} wide>
          {input.narrative}
        </Fact>
      )}
      {input.evidence && (
        <Fact name={fields.evidence} wide>
          {input.evidence.map(one => (
            <p>
              {[one.name, one.genre, one.audience, one.description, one.narrative, one.url].filter(Boolean).join('. ')}
            </p>
          ))}
        </Fact>
      )}
      {input.results && (
        <Fact name={fields.results}>
          {input.results
            .map(({ result, value, status }) => [result, value, status].filter(Boolean).join(' '))
            .join(', ')}
        </Fact>
      )}
    </>
  );
}

function Log({ view, held }: DataProps) {
  const { people, console: staff } = view.t;
  const { data } = people;
  const words: Record<string, string> = { ...staff.audit.actions, ...data.actions };
  return (
    <section aria-labelledby="log">
      <h2 id="log">{data.log}</h2>
      <p>{data.logLead}</p>
      {held.log.length > 0 && (
        <details class="apart">
          <summary>{data.logCount(held.log.length)}</summary>
          <ul class="plain">
            {held.log.map(({ at, action, institution }) => (
              <li>
                {words[action] ?? action}
                {institution && ` (${institution})`} <span class="note">{moment(at, view.language)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Fact({ name, wide, children }: { name: string; wide?: boolean; children?: Child }) {
  return (
    <div class={wide ? 'wide' : undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
