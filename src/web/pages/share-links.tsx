import { type MyBadge, type ShareLink, MAX_PURPOSE, type SharePart, shareTerms } from '../../credentials/index.ts';
import { moment } from '../format.ts';
import type { Form } from '../form.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';

interface ShareLinksProps {
  view: View;
  badge: MyBadge;
  links: ShareLink[];
  /** The parts that this badge has, and that can be left out. */
  parts: SharePart[];
  done?: string | undefined;
  /** What was asked and could not be taken as it was. */
  refused?: Form | undefined;
}

/** Who sees a badge, by which link and until when; for its owner. */
export function ShareLinksPage(props: ShareLinksProps) {
  const { view, badge, done } = props;
  const words = view.t.people.badges.links;
  const told = { made: words.made, withdrawn: words.withdrawn, renewed: words.renewed }[done ?? ''];
  return (
    <>
      {told && (
        <p class="notice done" role="status">
          {told}
        </p>
      )}
      <section aria-labelledby="title">
        <h1 id="title">{words.title}</h1>
        <p class="lead">
          <Visible text={words.lead(badge.achievement.name)} t={view.t} />
        </p>
      </section>
      <Links {...props} />
      <Make {...props} />
      {badge.shareToken && <Permanent view={view} badge={badge} token={badge.shareToken} />}
      <p class="apart">
        <a href={`/badges/${badge.id}`}>{words.back}</a>
      </p>
    </>
  );
}

function Links({ view, badge, links }: ShareLinksProps) {
  const words = view.t.people.badges.links;
  const live = links.filter(({ state }) => state === 'live');
  const old = links.filter(({ state }) => state !== 'live');
  return (
    <section aria-labelledby="links">
      <h2 id="links">{words.list}</h2>
      {live.length === 0 && <p>{words.none}</p>}
      {live.length > 0 && (
        <>
          <ul class="ties">
            {live.map(link => (
              <Link view={view} badge={badge} link={link} />
            ))}
          </ul>
          <p class="note apart">{words.usesHint}</p>
        </>
      )}
      {old.length > 0 && (
        <details class="apart">
          <summary>{words.old(old.length)}</summary>
          <ul class="ties">
            {old.map(link => (
              <Link view={view} badge={badge} link={link} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Link({ view, badge, link }: { view: View; badge: MyBadge; link: ShareLink }) {
  const { t, language } = view;
  const words = t.people.badges.links;
  const live = link.state === 'live';
  const leftOut = link.without.map(part => words.parts[part]).join(', ') || words.nothing;
  const facts = [
    [words.forWhom, (link.mostUses === null ? words.many : words.one).toLowerCase()],
    [words.madeOn, moment(link.createdAt, language)],
    [words.ends, link.expiresAt ? moment(link.expiresAt, language) : words.never],
    [words.leftOut, leftOut],
    [words.preview, link.preview ? words.previewOn : words.previewOff],
    [words.uses, words.times(link.uses)],
  ] as const;
  return (
    <li class="tie">
      <h3>
        <Visible text={link.purpose} t={t} /> {!live && <small>{words.states[link.state]}</small>}
      </h3>
      {live && <code class="copy">{`${view.origin}/c/${link.token}`}</code>}
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {!link.withdrawnAt && link.state !== 'ended' && (
        <form class="actions" method="post" action={`/badges/${badge.id}/share/withdraw`}>
          <input type="hidden" name="link" value={link.token} />
          <button class="button quiet" type="submit">
            {words.withdraw}
            <span class="visually-hidden">: {link.purpose}</span>
          </button>
        </form>
      )}
    </li>
  );
}

function Make({ view, badge, parts, refused }: ShareLinksProps) {
  const words = view.t.people.badges.links;
  const asked = (name: string, otherwise: string) => refused?.get(name) || otherwise;
  const leftOut = refused?.all('without') ?? [];
  return (
    <section aria-labelledby="make">
      <h2 id="make">{words.make}</h2>
      <form class="panel" method="post" action={`/badges/${badge.id}/share`}>
        {refused && (
          <p class="error apart" id="refused" role="alert">
            {words.refused}
          </p>
        )}
        <div class="field">
          <label for="purpose">{words.purpose}</label>
          <span class="hint" id="purpose-hint">
            {words.purposeHint}
          </span>
          <input
            id="purpose"
            name="purpose"
            type="text"
            required
            maxlength={MAX_PURPOSE}
            autocomplete="off"
            value={refused?.get('purpose') ?? ''}
            aria-describedby={refused ? 'refused purpose-hint' : 'purpose-hint'}
            aria-invalid={refused ? 'true' : undefined}
          />
        </div>
        <fieldset class="field">
          <legend class="label">{words.readers}</legend>
          {(['one', 'many'] as const).map(readers => (
            <label class="pick">
              <input type="radio" name="readers" value={readers} checked={asked('readers', 'one') === readers} />
              <span>
                {words[readers]}
                {readers === 'one' && <span class="hint">{words.oneHint}</span>}
              </span>
            </label>
          ))}
        </fieldset>
        <div class="field">
          <label for="term">{words.term}</label>
          <span class="hint" id="term-hint">
            {words.termHint}
          </span>
          <select id="term" name="term" aria-describedby="term-hint">
            {shareTerms.map(term => (
              <option value={term} selected={asked('term', 'week') === term}>
                {words.terms[term]}
              </option>
            ))}
          </select>
        </div>
        {parts.length > 0 && (
          <fieldset class="field" aria-describedby="without-hint">
            <legend class="label">{words.without}</legend>
            {parts.map(part => (
              <label class="pick">
                <input type="checkbox" name="without" value={part} checked={leftOut.includes(part)} />
                <span>{words.parts[part]}</span>
              </label>
            ))}
            <p class="hint" id="without-hint">
              {words.withoutHint} {words.file}
            </p>
          </fieldset>
        )}
        <fieldset class="field" aria-describedby="preview-hint">
          <legend class="label">{words.preview}</legend>
          <label class="pick">
            <input type="checkbox" name="preview" value="yes" checked={refused?.get('preview') === 'yes'} />
            <span>{words.previewYes}</span>
          </label>
          <p class="hint" id="preview-hint">
            {words.previewHint}
          </p>
        </fieldset>
        <p class="actions">
          <button class="button" type="submit">
            {words.submit}
          </button>
        </p>
      </form>
    </section>
  );
}

/** The page that a badge has of its own, its new address, and LinkedIn for who asks for it. */
function Permanent({ view, badge, token }: { view: View; badge: MyBadge; token: string }) {
  const words = view.t.people.badges.links;
  const address = `${view.origin}/c/${token}`;
  return (
    <>
      <section aria-labelledby="permanent">
        <h2 id="permanent">{words.permanent}</h2>
        <p>{words.permanentLead}</p>
        <code class="copy">{address}</code>
        <details class="apart">
          <summary>{words.renew}</summary>
          <p>{words.renewLead}</p>
          {badge.identified === null && <p>{words.renewBearer}</p>}
          <form class="actions" method="post" action={`/badges/${badge.id}/share/renew`}>
            <button class="button quiet" type="submit">
              {words.renewButton}
            </button>
          </form>
        </details>
      </section>
      <section aria-labelledby="linkedin">
        <h2 id="linkedin">{words.linkedin}</h2>
        <p>{words.linkedinLead}</p>
        <p class="actions">
          <a class="button quiet" href={linkedIn(badge, address)} rel="noopener noreferrer">
            {words.linkedinButton}
          </a>
        </p>
      </section>
    </>
  );
}

/** LinkedIn's form for a certificate, filled in; nothing is sent before the learner goes there. */
function linkedIn(badge: MyBadge, address: string): string {
  const [year, month] = badge.awardedOn.split('-');
  const [endYear, endMonth] = badge.validUntil?.split('-') ?? [];
  const query = new URLSearchParams({
    startTask: 'CERTIFICATION_NAME',
    name: badge.achievement.name,
    organizationName: badge.institution.name,
    issueYear: year ?? '',
    issueMonth: String(Number(month)),
    ...(endYear && endMonth ? { expirationYear: endYear, expirationMonth: String(Number(endMonth)) } : {}),
    certUrl: address,
  });
  return `https://www.linkedin.com/profile/add?${query}`;
}
