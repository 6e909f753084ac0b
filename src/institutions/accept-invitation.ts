import { and, eq, isNull } from 'drizzle-orm';
import { linkSpent, provenAddresses, wasSpent } from '../people/index.ts';
import { hinted } from '../platform/addresses.ts';
import { commit } from '../platform/audit.ts';
import type { Actor, Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { sha256Hex } from '../platform/ids.ts';
import { useUp } from './invitations.ts';
import { holdsRoleAlready, type MemberRole, newMembership } from './members.ts';
import type { InstitutionProfile } from './profile.ts';
import { institutions, invitations, members } from './schema.ts';

/** What whoever holds the link may know of an invitation. */
export interface OpenInvitation {
  institution: { slug: string; profile: InstitutionProfile };
  role: MemberRole;
  /** It reaches some achievements only. */
  inPart: boolean;
  addressKind: 'email' | 'eppn';
  /** Enough for its owner to recognise. */
  hint: string;
  expiresAt: string;
}

async function find(deps: Deps, token: string) {
  const rows = await deps.db.query
    .select({ invitation: invitations, slug: institutions.slug, profile: institutions.profile })
    .from(invitations)
    .innerJoin(institutions, eq(institutions.id, invitations.institutionId))
    .where(eq(invitations.tokenHash, await sha256Hex(token)));
  if (!rows[0]) throw notFound('invitation');
  if (Date.parse(rows[0].invitation.expiresAt) <= deps.clock().getTime()) throw linkSpent();
  return rows[0];
}

/**
 * Looks at an invitation; nothing changes.
 * @throws DomainError `not-found` (also once it was accepted or taken back), `link-spent` when it lapsed
 */
export async function readInvitation(deps: Deps, token: string): Promise<OpenInvitation> {
  const { invitation, slug, profile } = await find(deps, token);
  return {
    institution: { slug, profile },
    role: invitation.role as MemberRole,
    inPart: invitation.achievements !== null,
    addressKind: invitation.addressKind,
    hint: hinted(invitation.address),
    expiresAt: invitation.expiresAt,
  };
}

/**
 * Takes a role that was offered. The address has to be proven: an e-mail address by the link itself, which was sent
 * there and nowhere else; an institution account by a login with it, or by an eduID that it is linked to. What a
 * provider says of someone's affiliation never gives a role (threat O10).
 * @returns the slug of the institution
 * @throws DomainError `not-found`, `link-spent`, `not-the-recipient`, `member-exists`
 */
export async function acceptInvitation(deps: Deps, personId: string, token: string): Promise<string> {
  const { invitation, slug } = await find(deps, token);
  if (invitation.addressKind === 'eppn') {
    const { eppns } = await provenAddresses(deps, personId);
    if (!eppns.includes(invitation.address))
      throw new DomainError('not-the-recipient', 'Sign in with the account that was invited.');
  }
  const actor: Actor = { kind: 'person', person: personId };
  const { role, achievements, institutionId } = invitation;
  const made = newMembership(
    deps,
    { id: institutionId },
    { person: personId, role: role as MemberRole, achievements },
    actor,
  );
  const used = deps.db.query.delete(invitations).where(eq(invitations.id, invitation.id));
  try {
    await commit(
      deps.db,
      [
        // Of two people with the same link one gets the role.
        ...(await useUp(deps, invitation)),
        ...(await makeWay(deps, { institutionId, personId, role, achievements })),
        made.insert,
        used,
      ],
      [{ ...made.entry, action: 'invitation.accept' }],
    );
  } catch (error) {
    if (wasSpent(error)) throw linkSpent();
    if (!holdsRoleAlready(error)) throw error;
    throw new DomainError('member-exists', 'You have this role here already.');
  }
  return slug;
}

/** The same role with another reach ends: the newest invitation decides what it reaches. */
async function makeWay(
  deps: Deps,
  held: { institutionId: string; personId: string; role: string; achievements: string[] | null },
): Promise<Statement[]> {
  const same = and(
    eq(members.institutionId, held.institutionId),
    eq(members.personId, held.personId),
    eq(members.role, held.role as MemberRole),
    isNull(members.endedAt),
  );
  const [now] = await deps.db.query.select({ achievements: members.achievements }).from(members).where(same);
  if (!now || JSON.stringify(now.achievements) === JSON.stringify(held.achievements)) return [];
  return [deps.db.query.update(members).set({ endedAt: deps.clock().toISOString() }).where(same)];
}
