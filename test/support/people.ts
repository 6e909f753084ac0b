import { members } from '../../src/institutions/schema.ts';
import { openSession, SESSION_COOKIE } from '../../src/people/index.ts';
import { identities, people } from '../../src/people/schema.ts';
import type { Deps, Role } from '../../src/platform/context.ts';
import { newId } from '../../src/platform/ids.ts';

type Identity = Partial<typeof identities.$inferInsert>;

/** A person with one identity who is signed in, put in place without a login. `headers` are those of their browser. */
export async function createPerson({ deps }: { deps: Deps }, identity: Identity = {}) {
  const now = deps.clock();
  const at = now.toISOString();
  const id = newId(now);
  const identityId = newId(now);
  const subject = identity.subject ?? crypto.randomUUID();
  await deps.db.query.insert(people).values({ id, language: 'nl', createdAt: at });
  await deps.db.query.insert(identities).values({
    id: identityId,
    personId: id,
    kind: 'eduid',
    issuer: 'https://idp.example',
    subject,
    label: identity.email ?? subject,
    assurance: [],
    links: [],
    createdAt: at,
    provenAt: at,
    ...identity,
  });
  const session = await openSession(deps, { personId: id, identityId, provider: 'eduid' }, 'Firefox/1 Linux');
  await deps.db.batch([session.statement]);
  return {
    id,
    identityId,
    subject,
    sessionId: session.id,
    headers: { cookie: `${SESSION_COOKIE}=${session.secret}`, origin: deps.config.origin },
  };
}

/** A signed-in person with roles at an institution. */
export async function createMember(
  world: { deps: Deps },
  institution: { id: string },
  roles: Role[],
  achievements: string[] | null = null,
) {
  const person = await createPerson(world, { kind: 'institution' });
  const now = world.deps.clock();
  for (const role of roles)
    await world.deps.db.query.insert(members).values({
      id: newId(now),
      institutionId: institution.id,
      personId: person.id,
      role,
      achievements,
      since: now.toISOString(),
    });
  return person;
}
