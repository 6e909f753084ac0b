import type { AwardLine, AwardSearch, WaitingBatch } from '../../../credentials/index.ts';
import { mayDo } from '../../../institutions/index.ts';
import { actorName } from '../../../platform/context.ts';
import { hinted } from '../../../platform/addresses.ts';
import type { ConsolePlace } from '../../console.tsx';
import { day } from '../../format.ts';
import type { View } from '../../view.ts';
import { type Filled, Select, TextField } from './fields.tsx';

export const shownStates = [
  'held',
  'offered',
  'released',
  'claimed',
  'suspended',
  'revoked',
  'superseded',
  'lapsed',
  'declined',
] as const;

interface AwardsProps {
  view: View;
  place: ConsolePlace;
  items: AwardLine[];
  /** The address of what comes after. */
  next?: string;
  search: AwardSearch;
  form: Filled;
  batches: WaitingBatch[];
  names: Map<string, string>;
}

/** Awards, to search in; groups that wait for a second person stand before them. */
export function AwardsPage({ view, place, items, next, search, form, batches, names }: AwardsProps) {
  const t = view.t.console.awards;
  const { actor } = place.ctx;
  const searching = Boolean(search.text || search.achievement || search.state || search.from || search.until);
  return (
    <>
      <p class="lead">{t.lead}</p>
      {mayDo(actor, 'award.make') && (
        <p class="actions">
          <a class="button" href={`${place.base}/awards/new`}>
            {t.newOne}
          </a>
          <a href={`${place.base}/awards/many`}>{t.newMany}</a>
        </p>
      )}
      {batches.length > 0 && <Batches view={view} place={place} batches={batches} names={names} />}
      {search.batch ? (
        <p class="notice apart">
          {t.ofBatch} <a href={`${place.base}/awards`}>{t.clear}</a>
        </p>
      ) : (
        <SearchForm view={view} place={place} form={form} names={names} searching={searching} />
      )}
      {items.length === 0 && <p class="empty apart">{searching || search.cursor ? t.noneFound : t.none}</p>}
      {items.length > 0 && <AwardTable view={view} place={place} items={items} names={names} />}
      {next && (
        <p class="actions">
          <a href={next}>{items.length < search.limit ? t.more : t.older}</a>
        </p>
      )}
    </>
  );
}

function SearchForm({
  view,
  place,
  form,
  names,
  searching,
}: Pick<AwardsProps, 'view' | 'place' | 'form' | 'names'> & { searching: boolean }) {
  const t = view.t.console.awards;
  const of = { view, form, optional: true };
  return (
    <details class="apart" open={searching}>
      <summary>{t.search}</summary>
      <form class="panel" method="get" action={`${place.base}/awards`} role="search">
        <TextField {...of} name="text" label={t.text} hint={t.textHint} max={200} />
        <Select
          {...of}
          name="achievement"
          label={t.achievement}
          choices={[{ value: '', label: t.anyAchievement }, ...[...names].map(([value, label]) => ({ value, label }))]}
        />
        <Select
          {...of}
          name="state"
          label={t.state}
          choices={[{ value: '', label: t.anyState }, ...shownStates.map(value => ({ value, label: t.states[value] }))]}
        />
        <TextField {...of} name="from" label={t.from} type="date" />
        <TextField {...of} name="until" label={t.until} type="date" />
        <p class="actions">
          <button class="button" type="submit">
            {t.submit}
          </button>
          {searching && <a href={`${place.base}/awards`}>{t.clear}</a>}
        </p>
      </form>
    </details>
  );
}

function Batches({ view, place, batches, names }: Pick<AwardsProps, 'view' | 'place' | 'batches' | 'names'>) {
  const t = view.t.console.awards;
  const { actor } = place.ctx;
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">{t.waiting}</h2>
      <p>{t.waitingLead}</p>
      <ul class="rooms-list">
        {batches.map(({ batch, count, achievementId, madeBy, createdAt }) => {
          const at = `${place.base}/awards/batches/${batch}`;
          const target = { achievement: achievementId, firstHand: madeBy };
          return (
            <li>
              <a href={`${place.base}/awards?batch=${batch}`}>
                {t.batch(count, names.get(achievementId) ?? '')}
                <span class="visually-hidden">: {t.seeBatch}</span>
              </a>
              <p class="note">{t.madeOn(day(createdAt, view.language))}</p>
              {madeBy === actorName(actor) && <p class="note">{t.madeByYou}</p>}
              {mayDo(actor, 'award.release', target) && (
                <form class="actions" method="post" action={`${at}/release`}>
                  <button class="button small" type="submit">
                    {t.release(count)}
                  </button>
                </form>
              )}
              {mayDo(actor, 'award.withdraw', { achievement: achievementId }) && (
                <details>
                  <summary>{t.dropBatch}</summary>
                  <form method="post" action={`${at}/withdrawal`}>
                    <p class="note">{t.dropBatchSure}</p>
                    <button class="button small danger" type="submit">
                      {t.dropBatch}
                    </button>
                  </form>
                </details>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function AwardTable({ view, place, items, names }: Pick<AwardsProps, 'view' | 'place' | 'items' | 'names'>) {
  const t = view.t.console.awards;
  return (
    <table class="stack apart">
      <thead>
        <tr>
          <th scope="col">{t.recipient}</th>
          <th scope="col">{t.achievement}</th>
          <th scope="col">{t.state}</th>
          <th scope="col">{t.decided}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(item => (
          <tr>
            <th scope="row">
              <a href={`${place.base}/awards/${item.id}`}>{nameOf(view, item.recipient)}</a>
              {item.recipient.name && <span class="note">{addressOf(item.recipient)}</span>}
            </th>
            <td>{names.get(item.achievementId) ?? ''}</td>
            <td>{t.states[item.offered && item.state === 'released' ? 'offered' : item.state]}</td>
            <td>{item.decidedOn ? day(item.decidedOn, view.language) : '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Recipient = AwardLine['recipient'];

/** Enough of an address to tell people apart in a list. */
function addressOf({ email, eppn, eduid, did }: Recipient): string {
  const address = email ?? eppn;
  return address ? hinted(address) : (eduid ?? did ?? '').slice(0, 12);
}

/** How a recipient is called in a list. */
export function nameOf(view: View, recipient: Recipient): string {
  const t = view.t.console.awards;
  return recipient.name ?? (addressOf(recipient) || t.erased);
}
