import type { ConsolePlace } from '../../console.tsx';
import type { View } from '../../view.ts';
import { openSections } from './frame.tsx';
import { roleNames } from './words.ts';

/** What stands in a room now; undefined for what the roles may not see. */
export interface Counts {
  members?: number;
  invitations?: number;
  apiKeys?: { working: number; ending: number };
  achievements?: { all: number; drafts: number };
  /** Endorsements that wait. */
  endorsements?: number;
}

/** What my roles may do here, with what there is. */
export function WorkPage({ view, place, counts }: { view: View; place: ConsolePlace; counts: Counts }) {
  const { work: t, frame } = view.t.console;
  const { actor } = place.ctx;
  const held = actor.kind === 'member' ? actor.roles : [];
  const rooms = openSections(actor).filter(({ key }) => key !== 'work');
  const told: Record<string, string | undefined> = {
    members: sentence([
      counts.members !== undefined && t.counts.members(counts.members),
      !!counts.invitations && t.counts.invitations(counts.invitations),
    ]),
    apiKeys:
      counts.apiKeys &&
      sentence([
        t.counts.apiKeys(counts.apiKeys.working),
        counts.apiKeys.ending > 0 && t.counts.endingKeys(counts.apiKeys.ending),
      ]),
    endorsements: counts.endorsements ? t.counts.endorsements(counts.endorsements) : undefined,
    achievements:
      counts.achievements && sentence([t.counts.achievements(counts.achievements.all, counts.achievements.drafts)]),
  };
  return (
    <>
      <p class="lead">
        {t.roles(
          roleNames(
            view,
            place.institution.profile.kind,
            held.map(r => r.role),
          ),
        )}
      </p>
      {held.some(r => r.achievements) && <p class="note">{t.limited}</p>}
      {rooms.length === 0 && <p class="empty apart">{t.empty}</p>}
      {rooms.length > 0 && (
        <section aria-labelledby="rooms">
          <h2 id="rooms">{t.rooms}</h2>
          <ul class="rooms-list">
            {rooms.map(({ key, path }) => (
              <li>
                <a href={place.base + path}>{frame.sections[key]}</a>
                <p>{t.means[key as keyof typeof t.means]}</p>
                {told[key] && <p class="note">{told[key]}</p>}
              </li>
            ))}
          </ul>
        </section>
      )}
      <p class="actions">
        <a href={`/i/${place.institution.slug}`}>{t.publicPage}</a>
      </p>
    </>
  );
}

/** Parts that hold, as one sentence. */
function sentence(parts: (string | false)[]): string | undefined {
  const text = parts.filter(Boolean).join('; ');
  return text ? `${text[0]!.toUpperCase()}${text.slice(1)}.` : undefined;
}
