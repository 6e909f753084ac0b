import { type Institution, roleName } from '../../../institutions/index.ts';
import type { Role } from '../../../platform/context.ts';
import type { View } from '../../view.ts';

/** Several roles in one line, as an institution of this kind calls them. */
export const roleNames = (view: View, kind: Institution['profile']['kind'], roles: Role[]): string =>
  [...new Set(roles)].map(role => roleName(view.language, kind, role)).join(', ');
