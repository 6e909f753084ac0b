import { addMember, type MemberRole } from '../institutions/index.ts';
import { findIdentity } from '../people/index.ts';
import type { Deps } from '../platform/context.ts';
import { ensureArrived, keyOf } from './arrive.ts';
import { type Persona, personas } from './provider-people.ts';

/**
 * Gives the staff of the local provider their roles at the demo institution, before they ever signed in. Whoever was
 * made on an earlier start keeps what became of them since.
 */
export async function ensureStaff(deps: Deps, institution: { id: string }, issuer: string): Promise<void> {
  for (const persona of personas) if (persona.role) await ensureMember(deps, institution, issuer, persona);
}

async function ensureMember(deps: Deps, institution: { id: string }, issuer: string, persona: Persona): Promise<void> {
  if (await findIdentity(deps, keyOf(issuer, persona))) return;
  const { person } = await ensureArrived(deps, issuer, persona);
  await addMember(deps, institution, person, persona.role as MemberRole, { kind: 'operator' });
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
