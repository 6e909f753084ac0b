import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm';
import { identities } from '../people/schema.ts';
import { hinted } from '../platform/addresses.ts';
import type { Ctx, Role } from '../platform/context.ts';
import { requireRight } from './rights.ts';
import { members } from './schema.ts';

export interface Member {
  id: string;
  /** A random id: the same one that the log names. */
  person: string;
  /** As a provider told it; null when none did. */
  name: string | null;
  /** An institution account; else a hint of another address, which is the person's own business. */
  account: string | null;
  role: Role;
  /** Only for these achievements; null for all of the institution. */
  achievements: string[] | null;
  since: string;
}

/** A page of who has a role at the institution now, the longest first. */
export async function listMembers(
  ctx: Ctx,
  page: { cursor?: string; limit: number },
): Promise<{ items: Member[]; next?: string }> {
  requireRight(ctx, 'member.read', { whole: true });
  const mine = and(eq(members.institutionId, ctx.institution.id), isNull(members.endedAt));
  const rows = await ctx.db.query
    .select()
    .from(members)
    .where(page.cursor === undefined ? mine : and(mine, gt(members.id, page.cursor)))
    .orderBy(asc(members.id))
    .limit(page.limit + 1);
  const shown = rows.slice(0, page.limit);
  const known = await knownAs(ctx, [...new Set(shown.map(m => m.personId))]);
  const items = shown.map(({ id, personId, role, achievements, since }) => ({
    id,
    person: personId,
    ...(known.get(personId) ?? { name: null, account: null }),
    role,
    achievements,
    since,
  }));
  return { items, ...(rows.length > page.limit ? { next: shown.at(-1)!.id } : {}) };
}

async function knownAs({ db }: Ctx, people: string[]) {
  const known = new Map<string, Pick<Member, 'name' | 'account'>>();
  // D1 binds at most 100 parameters in a statement.
  for (let i = 0; i < people.length; i += 90) {
    const rows = await db.query
      .select()
      .from(identities)
      .where(inArray(identities.personId, people.slice(i, i + 90)));
    for (const person of people.slice(i, i + 90)) {
      const own = rows.filter(r => r.personId === person);
      const staff = own.find(r => r.kind === 'institution');
      const eppn = staff?.eppn ?? own.find(r => r.eppn)?.eppn;
      const email = own.find(r => r.email)?.email;
      known.set(person, {
        name: staff?.name ?? own.find(r => r.name)?.name ?? null,
        account: eppn ?? (email ? hinted(email) : null),
      });
    }
  }
  return known;
}
