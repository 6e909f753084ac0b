import type { Child } from 'hono/jsx';
import { type AwardRecord, type RevocationReason, revocationReasons } from '../../../credentials/index.ts';
import { mayDo, type Right } from '../../../institutions/index.ts';
import { actorName } from '../../../platform/context.ts';
import { readBadgeView } from '../../badge-view.ts';
import type { ConsolePlace } from '../../console.tsx';
import { day, moment, stamp } from '../../format.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { BadgeCard } from '../badge.tsx';
import { Choices, type Filled, TextField } from './fields.tsx';

interface AwardProps {
  view: View;
  place: ConsolePlace;
  record: AwardRecord;
  /** The form of a revocation or a suspension. */
  form: Filled;
  /** A second person has to confirm a revocation. */
  takesTwo: boolean;
}

/** One award: its life, how its owner was known, and what can be done about it. */
export function AwardPage(props: AwardProps) {
  const { view, record } = props;
  const t = view.t.console.oneAward;
  const { signed } = record;
  return (
    <>
      {signed?.erased && <p class="notice">{t.erased}</p>}
      {signed?.waiting && <Waiting {...props} waiting={signed.waiting} />}
      <Facts {...props} />
      {signed && signed.replies.length > 0 && <Replies view={view} replies={signed.replies} />}
      <Acts {...props} />
      {signed && <History view={view} history={signed.history} />}
      {signed?.document && (
        <details class="apart">
          <summary>{t.badge}</summary>
          <BadgeCard view={view} badge={readBadgeView(signed.document, view.language)} />
        </details>
      )}
    </>
  );
}

/** What an award is at, as the list calls it too. */
function stateOf({ view, record: { offer, signed, award } }: AwardProps): string {
  const { states } = view.t.console.awards;
  if (offer) return states[offer.state];
  const { state } = signed!.award;
  const { validUntil } = award.input;
  const inForce = state === 'released' || state === 'claimed';
  return states[inForce && validUntil && Date.parse(validUntil) <= view.now.getTime() ? 'expired' : state];
}

function Facts(props: AwardProps) {
  const { view, place, record } = props;
  const t = view.t.console.oneAward;
  const { offer, signed, award, achievement } = record;
  const { recipient, decision } = award.input;
  const identity = signed?.document && readBadgeView(signed.document, view.language).identity;
  const claim = offer ? (offer.state === 'offered' ? offer.token : null) : signed!.award.claimToken;
  const facts: [string, unknown][] = [
    [t.state, <strong>{stateOf(props)}</strong>],
    [
      t.recipient,
      [recipient.name, recipient.email ?? recipient.eppn ?? recipient.eduid ?? recipient.did]
        .filter(Boolean)
        .join(', '),
    ],
    [t.basis, decision.decidedOn && view.t.console.award.bases[decision.basis]],
    [t.decidedBy, decision.decidedBy],
    [t.decidedOn, decision.decidedOn && day(decision.decidedOn, view.language)],
    [t.reference, decision.reference],
    [t.madeOn, moment(award.createdAt, view.language)],
    [t.identified, signed && !signed.erased && (signed.award.identified ? identity?.narrative : t.bearer)],
    [t.predecessor, signed?.predecessor && <a href={`${place.base}/awards/${signed.predecessor}`}>{t.see}</a>],
    [t.successor, signed?.successor && <a href={`${place.base}/awards/${signed.successor}`}>{t.see}</a>],
    [t.page, signed?.shareToken && <a href={`/c/${signed.shareToken}`}>{t.see}</a>],
  ];
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{t.facts}</h2>
      {offer?.state === 'held' && (
        <p class="notice">{offer.releaseAt ? t.releases(moment(offer.releaseAt, view.language)) : t.releasesSecond}</p>
      )}
      {offer?.state === 'offered' && offer.lapsesAt && <p>{t.lapses(day(offer.lapsesAt, view.language))}</p>}
      <dl class="facts">
        {facts.map(([label, value]) =>
          value ? (
            <div>
              <dt>{label}</dt>
              <dd>{typeof value === 'string' ? <Visible text={value} t={view.t} /> : value}</dd>
            </div>
          ) : null,
        )}
        {claim && !signed?.shareToken && (
          <div class="wide">
            <dt>{t.claimLink}</dt>
            <dd>
              <code>{`${view.origin}/claim/${claim}`}</code>
              <span class="note">{achievement.content.claim ? t.claimLinkLogin : t.claimLinkHint}</span>
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function Waiting({
  view,
  place,
  record,
  waiting,
}: AwardProps & { waiting: { reason: string; askedBy: string; askedAt: string } }) {
  const t = view.t.console.oneAward;
  const { actor } = place.ctx;
  const at = `${place.base}/awards/${record.award.id}/revocation`;
  const mine = waiting.askedBy === actorName(actor);
  const target = { achievement: record.achievement.id, person: record.signed!.award.personId };
  const reasons: Record<string, string> = t.reasons;
  if (!mayDo(actor, 'award.revoke', { achievement: target.achievement })) return null;
  return (
    <section class="notice warn" aria-labelledby="waits">
      <h2 id="waits">{t.waits}</h2>
      <p>{t.waitsSince(moment(waiting.askedAt, view.language), reasons[waiting.reason] ?? waiting.reason)}</p>
      {mine && <p>{t.waitsYours}</p>}
      <div class="actions">
        {mayDo(actor, 'award.revoke', { ...target, firstHand: waiting.askedBy }) && (
          <form method="post" action={`${at}/confirmation`}>
            <button class="button danger" type="submit">
              {t.confirm}
            </button>
          </form>
        )}
        <form method="post" action={`${at}/rejection`}>
          <button class="quiet" type="submit">
            {mine ? t.takeBack : t.reject}
          </button>
        </form>
      </div>
    </section>
  );
}

function Replies({ view, replies }: { view: View; replies: { words: string | null; at: string }[] }) {
  const t = view.t.console.oneAward;
  return (
    <section aria-labelledby="replies">
      <h2 id="replies">{t.replies}</h2>
      <p class="soft">{t.repliesLead}</p>
      {replies.map(({ words, at }) => (
        <blockquote class="notice apart">
          <p class="note">{moment(at, view.language)}</p>
          <p>{words === null ? t.wordsGone : <Visible text={words} t={view.t} />}</p>
        </blockquote>
      ))}
    </section>
  );
}

function History({ view, history }: { view: View; history: NonNullable<AwardRecord['signed']>['history'] }) {
  const t = view.t.console.oneAward;
  const { states } = view.t.console.awards;
  const reasons: Record<string, string> = t.reasons;
  const shown = history.filter(change => change.state !== 'reserved');
  if (!shown.length) return null;
  return (
    <section aria-labelledby="history">
      <h2 id="history">{t.history}</h2>
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">{t.when}</th>
            <th scope="col">{t.change}</th>
            <th scope="col">{t.words}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ at, state, reason, words }) => (
            <tr>
              <td>{stamp(at, view.language)}</td>
              <th scope="row">
                {states[state]}
                {reason && <span class="note">{reasons[reason] ?? reason}</span>}
              </th>
              <td>{words ? <Visible text={words} t={view.t} /> : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What my role may do with this award in the state that it is in. */
function Acts({ view, place, record, form, takesTwo }: AwardProps) {
  const t = view.t.console.oneAward;
  const { actor } = place.ctx;
  const { offer, signed, achievement, award } = record;
  const at = `${place.base}/awards/${award.id}`;
  const may = (right: Right) =>
    mayDo(actor, right, { achievement: achievement.id, person: signed?.award.personId ?? null });
  const state = signed?.award.state;
  const lives = state === 'released' || state === 'claimed';
  const suspends = achievement.content.suspendable;
  const acts = [
    offer && may('award.withdraw') && (
      <Act label={t.withdraw} lead={t.withdrawLead} action={`${at}/withdrawal`} danger />
    ),
    lives && may('award.replace') && !signed?.erased && (
      <li>
        <a href={`${at}/replacement`}>{t.replace}</a>
        <p class="note">{t.replaceLead}</p>
      </li>
    ),
    lives && suspends && may('award.suspend') && (
      <Act label={t.suspend} lead={t.suspendLead} action={`${at}/suspension`} open={Boolean(form.errors.suspendText)}>
        <TextField
          view={view}
          form={form}
          name="suspendText"
          label={t.text}
          hint={t.textHint}
          rows={3}
          optional
          max={5000}
        />
      </Act>
    ),
    state === 'suspended' && may('award.suspend') && <Act label={t.lift} lead={t.liftLead} action={`${at}/lifting`} />,
    (lives || state === 'suspended') && !signed?.waiting && may('award.revoke') && (
      <Act
        label={t.revoke}
        lead={takesTwo ? t.revokeAsks : t.revokeLead}
        action={`${at}/revocation`}
        open={Boolean(form.errors.reason ?? form.errors.revokeText)}
        danger
      >
        <Choices view={view} form={form} name="reason" label={t.reason} choices={reasonChoices(t.reasons)} />
        <TextField
          view={view}
          form={form}
          name="revokeText"
          label={t.text}
          hint={t.textHint}
          rows={3}
          optional
          max={5000}
        />
      </Act>
    ),
  ].filter(Boolean);
  return (
    <section aria-labelledby="does">
      <h2 id="does">{t.does}</h2>
      {acts.length === 0 ? <p class="soft">{t.nothing}</p> : <ul class="rooms-list does">{acts}</ul>}
    </section>
  );
}

const reasonChoices = (words: Record<RevocationReason, string>) =>
  revocationReasons.map(value => ({ value, label: words[value] }));

interface ActProps {
  label: string;
  lead: string;
  action: string;
  danger?: boolean;
  open?: boolean;
  children?: Child;
}

/** Something that can be done: folded away, told what it means, and done with a second press. */
function Act({ label, lead, action, danger, open, children }: ActProps) {
  return (
    <li>
      <details open={open}>
        <summary>{label}</summary>
        <form method="post" action={action}>
          <p class="note">{lead}</p>
          {children}
          <button class={danger ? 'button small danger' : 'button small'} type="submit">
            {label}
          </button>
        </form>
      </details>
    </li>
  );
}
