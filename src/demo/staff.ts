import { addMember, type MemberRole } from '../institutions/index.ts';
import { bare, enterBy, findIdentity } from '../people/index.ts';
import type { Deps } from '../platform/context.ts';
import { type Persona, personas } from './provider-people.ts';

/**
 * Gives the staff of the local provider their roles at the demo institution, before they ever signed in. Whoever was
 * made on an earlier start keeps what became of them since.
 */
export async function ensureStaff(deps: Deps, institution: { id: string }, issuer: string): Promise<void> {
  for (const persona of personas) if (persona.role) await ensureMember(deps, institution, issuer, persona);
}

async function ensureMember(deps: Deps, institution: { id: string }, issuer: string, persona: Persona): Promise<void> {
  const { id, eppn, home, role, given, family } = persona;
  const identity = { ...bare('institution', issuer, id), label: eppn, eppn, home, name: `${given} ${family}` };
  if (await findIdentity(deps, identity)) return;
  const { personId } = await enterBy(deps, { ...identity, nameSource: 'self' }, 'nl', async () => []);
  await addMember(deps, institution, personId, role as MemberRole, { kind: 'operator' });
}

export interface SignInHint {
  /** What the line says: a role, or what is special about a learner. */
  as: string;
  name: string;
  url: string;
}

/** How to sign in as each of the made-up people, by one click. */
export const signInHints = (origin: string): SignInHint[] =>
  personas.map(({ id, given, family, role, linked, idin, eduid }) => ({
    as:
      role ??
      (idin
        ? 'learner, name validated by a bank'
        : linked.length
          ? 'learner, linked institution'
          : eduid
            ? 'learner'
            : 'learner, by an institution account'),
    name: `${given} ${family}`,
    // Who works here begins at their work; a shelf of badges would be empty.
    url: `${origin}/login/eduid?hint=${id}${role ? '&return=/console' : ''}`,
  }));
