import type { Institution } from '../../../institutions/index.ts';
import type { Role } from '../../../platform/context.ts';
import type { View } from '../../view.ts';

type Kind = Institution['profile']['kind'];

/** What a role is called at an institution of this kind (domain.md, Roles). */
export function roleName(view: View, kind: Kind, role: Role): string {
  const { roles } = view.t.console;
  const own: Partial<Record<Role, string>> =
    kind === 'mbo' || kind === 'hbo' || kind === 'wo' || kind === 'evc' ? roles[kind] : {};
  return own[role] ?? roles.all[role];
}

/** Several roles in one line. */
export const roleNames = (view: View, kind: Kind, roles: Role[]): string =>
  [...new Set(roles)].map(role => roleName(view, kind, role)).join(', ');
