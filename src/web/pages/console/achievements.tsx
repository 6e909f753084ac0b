import type { AchievementState } from '../../../catalogue/index.ts';
import { mayDo } from '../../../institutions/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import { day } from '../../format.ts';
import type { View } from '../../view.ts';

export interface AchievementsProps {
  view: View;
  place: ConsolePlace;
  items: AchievementState[];
  next?: string;
}

/** What the institution issues, and the way to something new. */
export function AchievementsPage({ view, place, items, next }: AchievementsProps) {
  const t = view.t.console.achievements;
  const kinds: Record<string, string> = view.t.kinds;
  const mayMake = mayDo(place.ctx.actor, 'achievement.edit', { whole: true });
  const at = `${place.base}/achievements`;
  return (
    <>
      <p class="lead">{t.lead}</p>
      {mayMake && (
        <p class="actions">
          <a class="button" href={`${at}/new`}>
            {t.create}
          </a>
        </p>
      )}
      {items.length === 0 && <p class="empty apart">{t.none}</p>}
      {items.length > 0 && (
        <table class="stack apart">
          <thead>
            <tr>
              <th scope="col">{t.name}</th>
              <th scope="col">{t.kind}</th>
              <th scope="col">{t.version}</th>
              <th scope="col">{t.draft}</th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ id, published, draft }) => {
              const content = (draft ?? published?.content)!;
              return (
                <tr>
                  <th scope="row">
                    <a href={`${at}/${id}`}>{content.name}</a>
                  </th>
                  <td>{kinds[content.type] ?? view.t.kinds.other}</td>
                  <td>
                    {published ? `${t.nth(published.version)}, ${day(published.publishedAt, view.language)}` : t.notYet}
                  </td>
                  <td>{draft && t.hasDraft}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {next && (
        <p class="actions">
          <a href={`${at}?cursor=${encodeURIComponent(next)}`}>{view.t.console.members.more}</a>
        </p>
      )}
      {mayMake && (
        <section aria-labelledby="import">
          <h2 id="import">{t.import}</h2>
          <p>{t.importLead}</p>
          <p class="actions">
            <a href={`${place.base}/imports`}>{t.toImports}</a>
          </p>
        </section>
      )}
    </>
  );
}
