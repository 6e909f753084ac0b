import type { ConsolePlace } from '../../console.tsx';
import type { View } from '../../view.ts';
import { roleNames } from './words.ts';

/** What my roles may do here. */
export function WorkPage({ view, place }: { view: View; place: ConsolePlace }) {
  const { actor } = place.ctx;
  const roles = actor.kind === 'member' ? actor.roles.map(r => r.role) : [];
  return <p class="lead">{roleNames(view, place.institution.profile.kind, roles)}</p>;
}
