import { eq, inArray, or } from 'drizzle-orm';
import type { Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { identitiesOf } from './identities.ts';
import { identities, movedSubjects, people, sessions } from './schema.ts';

/** @throws DomainError `not-found` */
export async function requirePerson(deps: Deps, personId: string) {
  const [person] = await deps.db.query.select().from(people).where(eq(people.id, personId));
  if (!person) throw notFound('person');
  return person;
}

/** What is known of a person by themselves: their ties, where they are signed in. @throws DomainError `not-found` */
export async function heldAbout(deps: Deps, personId: string) {
  const { query } = deps.db;
  const person = await requirePerson(deps, personId);
  const ties = await identitiesOf(deps, personId);
  const open = await query.select().from(sessions).where(eq(sessions.personId, personId));
  const moved = await movedOf(deps, personId);
  return {
    person,
    identities: ties.map(({ personId: _, ...tie }) => tie),
    // The hash of the cookie's secret is not what anyone asks for, and is a key to a door.
    sessions: open.map(({ id: _id, personId: _person, ...session }) => session),
    movedSubjects: moved,
  };
}

/** What goes last when a person is erased: nothing else may point at them any more. */
export async function eraseStatements(deps: Deps, personId: string): Promise<Statement[]> {
  const { query } = deps.db;
  return [
    query.delete(sessions).where(eq(sessions.personId, personId)),
    ...(await movedOf(deps, personId)).map(({ before }) =>
      query.delete(movedSubjects).where(eq(movedSubjects.before, before)),
    ),
    query.delete(identities).where(eq(identities.personId, personId)),
    query.delete(people).where(eq(people.id, personId)),
  ];
}

/** Values that a provider gave them and took back: from each one that they have now, back to the first. */
async function movedOf(deps: Deps, personId: string) {
  const found: (typeof movedSubjects.$inferSelect)[] = [];
  for (let subjects = (await identitiesOf(deps, personId)).map(i => i.subject); subjects.length;) {
    const some = subjects.slice(0, 40);
    const rows = await deps.db.query
      .select()
      .from(movedSubjects)
      .where(or(inArray(movedSubjects.after, some), inArray(movedSubjects.before, some)));
    const fresh = rows.filter(row => !found.some(known => known.issuer === row.issuer && known.before === row.before));
    found.push(...fresh);
    subjects = fresh.flatMap(row => [row.before, row.after]);
  }
  return found;
}
