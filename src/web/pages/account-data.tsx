import { roleName } from '../../institutions/index.ts';
import type { Held } from '../../privacy/index.ts';
import { day, moment } from '../format.ts';
import type { View } from '../view.ts';
import { hostOf, Visible } from '../visible.tsx';
import { whatWasDone } from '../what-was-done.ts';
import { Awards, Fact, Offers } from './account-data-badges.tsx';
import { HeldEndorsements } from './endorsements.tsx';
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
      <HeldEndorsements view={view} given={held.endorsements} />
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

function Log({ view, held }: DataProps) {
  const { people, console: staff } = view.t;
  const { data } = people;
  const words = { actions: staff.audit.actions, dossier: data.dossier };
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
                {whatWasDone(view, action, words)}
                {institution && ` (${institution})`} <span class="note">{moment(at, view.language)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
