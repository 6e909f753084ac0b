import type { Child } from 'hono/jsx';
import type { Held } from '../../privacy/index.ts';
import { day, moment, ourWord } from '../format.ts';
import type { View } from '../view.ts';
import { StateWord } from './state-word.tsx';

interface HeldProps {
  view: View;
  held: Held;
}

/** Every badge that was given to someone, with all that is kept of it. */
export function Awards({ view, held }: HeldProps) {
  const { data } = view.t.people;
  return (
    <section aria-labelledby="awards">
      <h2 id="awards">{data.awards}</h2>
      {held.awards.length === 0 && <p class="empty">{data.none}</p>}
      <ul class="ties">
        {held.awards.map(award => (
          <Award view={view} award={award} />
        ))}
      </ul>
    </section>
  );
}

function Award({ view, award }: { view: View; award: Held['awards'][number] }) {
  const { data, account } = view.t.people;
  const { fields } = data;
  const { language } = view;
  const { identified, confirmations } = award;
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
        {identified && (
          <Fact name={fields.identified}>
            {account.ties.kind[identified.kind]}, {moment(identified.at, language)}
          </Fact>
        )}
        <Lines
          name={fields.said}
          lines={award.changes.filter(({ words }) => words).map(each => [each.words, moment(each.at, language)])}
        />
        <Lines name={fields.replies} lines={award.replies.map(({ words, at }) => [words, moment(at, language)])} />
        {confirmations.length > 0 && (
          <Fact name={fields.confirmed}>{confirmations.map(({ at }) => day(at, language)).join(', ')}</Fact>
        )}
        <Lines
          name={fields.shared}
          lines={award.shareLinks.map(each => [
            each.purpose,
            fields.sharedOn(day(each.createdAt, language), each.uses),
          ])}
        />
        <Lines name={fields.links} lines={award.links.map(link => [<a href={link}>{link}</a>])} />
      </dl>
    </li>
  );
}

/** What was said or made more than once, each with when; nothing where it never was. */
function Lines({ name, lines }: { name: string; lines: [said: Child, when?: string][] }) {
  if (lines.length === 0) return null;
  return (
    <Fact name={name} wide>
      {lines.map(([said, when]) => (
        <p>
          {said} {when && <span class="note">{when}</span>}
        </p>
      ))}
    </Fact>
  );
}

/** What waits for someone, or did. */
export function Offers({ view, held }: HeldProps) {
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

/** What an institution wrote when it gave the badge. */
function Given({ view, input }: { view: View; input: Held['awards'][number]['input'] }) {
  const { people, genres, resultStatuses } = view.t;
  const { fields } = people.data;
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
              {[
                one.name,
                one.genre && ourWord(genres, one.genre),
                one.audience,
                one.description,
                one.narrative,
                one.url,
              ]
                .filter(Boolean)
                .join('. ')}
            </p>
          ))}
        </Fact>
      )}
      {input.results && (
        <Fact name={fields.results}>
          {input.results
            .map(({ result, value, status }) =>
              [result, value, status && ourWord(resultStatuses, status)].filter(Boolean).join(' '),
            )
            .join(', ')}
        </Fact>
      )}
    </>
  );
}

/** A fact with its name before it. */
export function Fact({ name, wide, children }: { name: string; wide?: boolean; children?: Child }) {
  return (
    <div class={wide ? 'wide' : undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
