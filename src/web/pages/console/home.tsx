import type { Institution } from '../../../institutions/index.ts';
import type { Role } from '../../../platform/context.ts';
import { Emblem } from '../../art.tsx';
import type { View } from '../../view.ts';
import { roleNames } from './words.ts';

export interface Place {
  slug: string;
  profile: Institution['profile'];
  roles: Role[];
}

/** Where I have a role, and which. */
export function ConsoleHome({ view, places }: { view: View; places: Place[] }) {
  const { home } = view.t.console;
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{home.title}</h1>
        <p class="lead">{places.length ? home.lead : home.none}</p>
      </section>
      {places.length > 0 && (
        <ul class="cards apart">
          {places.map(({ slug, profile, roles }) => (
            <li class="card">
              <Emblem seed={slug} issuer={profile.name} title={slug} />
              <div>
                <a href={`/console/${slug}`}>{profile.name}</a>
                <span class="note">{roleNames(view, profile.kind, roles)}</span>
              </div>
            </li>
          ))}
        </ul>
      )}
      {places.length === 0 && <p class="empty apart">{home.how}</p>}
    </>
  );
}
