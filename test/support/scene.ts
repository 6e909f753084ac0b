// Two institutions with everything in them that a route can be about, for tests that are made from the router itself.
import { randomUUID } from 'node:crypto';
import { importPlace, previewImport } from '../../src/catalogue/index.ts';
import { awardCredential, awardInput } from '../../src/credentials/index.ts';
import { endorsements } from '../../src/credentials/schema.ts';
import { addQuestion, beginDossier, inviteToDossier } from '../../src/dossiers/index.ts';
import {
  addMember,
  inviteMembers,
  listInstitutions,
  listMembers,
  readInstitution,
  updatePolicy,
} from '../../src/institutions/index.ts';
import { type Role, roles, type SignedIn } from '../../src/platform/context.ts';
import { sha256Hex } from '../../src/platform/ids.ts';
import { addExperience, createGroup, createTeam, openOwn } from '../../src/portfolio/index.ts';
import { connections, importedBadges, oauthClients } from '../../src/wallets/schema.ts';
import { createWorld } from './create-world.ts';
import { createMember, createPerson } from './people.ts';
import { createSchool, exampleAchievement, exampleAward, type WorldOptions } from './world.ts';

/** Stands in every text of the first institution that is for its own people only. */
export const SECRET = 'geheim-7f3a';
export const OPERATOR_KEY = 'o'.repeat(43);

export type Scene = Awaited<ReturnType<typeof createScene>>;
export type Tenant = Scene['a'];
export type Browser = { headers: Record<string, string> };

let count = 0;

/** What can be made at an institution, anew for each call, so that one test does not stand in the way of another. */
async function tenantOn(world: ReturnType<typeof createWorld>, slug: string, word: string) {
  const school = await createSchool(world, slug, { ...exampleAchievement, suspendable: true });
  const sessions = {} as Record<Role, Awaited<ReturnType<typeof createMember>>>;
  for (const role of roles) sessions[role] = await createMember(world, school.institution, [role]);
  const ask = async (path: string, key: string, body?: unknown, method?: string) => {
    const answer = await world.api(path, {
      key,
      ...(body === undefined ? {} : { body }),
      ...(method ? { method } : {}),
    });
    if (answer.status >= 400) throw new Error(`${method ?? 'POST'} ${path}: ${answer.text}`);
    return answer.json;
  };
  const { keys } = school;
  const other = await ask('/api/v1/api-keys', keys.admin, { role: 'awarder', label: word });
  const claimable = await ask('/api/v1/achievements', keys.coordinator, {
    ...exampleAchievement,
    name: `Op te halen ${word}`,
    claim: { assurance: 'login' },
  });
  await ask(`/api/v1/achievements/${claimable.id}/publication`, keys.coordinator, {});
  const award = (over: object = {}, achievement = school.achievement): Promise<{ id: string; claim: string }> =>
    ask(
      '/api/v1/awards',
      keys.awarder,
      exampleAward(achievement, {
        recipient: { email: `${word}-${++count}@example.org`, name: `Sam ${word}` },
        decision: {
          basis: 'assessment',
          decidedBy: `A. ${word}`,
          decidedOn: '2026-11-01',
          reference: `${word}-${count}`,
        },
        ...over,
      }),
    );
  const tenant = {
    ...school,
    word,
    sessions,
    award,
    /** An award that waits for its owner. */
    offer: (over: object = {}) => award(over, claimable.id),
    draft: async (): Promise<string> =>
      (
        await ask('/api/v1/achievements', keys.coordinator, {
          ...exampleAchievement,
          name: `Concept ${word} ${++count}`,
        })
      ).id,
    framework: async (): Promise<string> =>
      (await ask('/api/v1/frameworks', keys.coordinator, { names: { nl: `Standaard ${word} ${++count}` } })).id,
    outcome: async (): Promise<string> => {
      const { id } = await ask('/api/v1/frameworks', keys.coordinator, {
        names: { nl: `Standaard ${word} ${++count}` },
      });
      const body = { words: { nl: { name: `Plant het werk ${word}` } } };
      return (await ask(`/api/v1/frameworks/${id}/outcomes`, keys.coordinator, body)).id;
    },
    unit: async (): Promise<string> => {
      const outcomes = [await tenant.outcome()];
      return (await ask('/api/v1/units', keys.coordinator, { name: `Eenheid ${word} ${++count}`, outcomes })).id;
    },
    /** An import that was looked at and not done. */
    looked: async (): Promise<string> => {
      const text = JSON.stringify({ ...exampleAchievement, name: `Ingelezen ${word} ${++count}` });
      const bytes = (async function* () {
        yield new TextEncoder().encode(text);
      })();
      return (await previewImport(importPlace(school.ctx), { files: [{ name: `${word}.json`, bytes }] })).id;
    },
    publishedUnit: async (): Promise<string> => {
      const made = await tenant.unit();
      await ask(`/api/v1/units/${made}/publication`, keys.coordinator, { establishedBy: 'de curriculumtafel' });
      return made;
    },
    suspended: async () => {
      const { id } = await award();
      await ask(`/api/v1/awards/${id}/suspension`, keys.awarder, { text: word });
      return id;
    },
    /** An award whose revocation another program asked for. */
    askedToRevoke: async () => {
      const { id } = await award();
      await updatePolicy(school.ctx, { confirmRevocation: true, releaseBatchAbove: null });
      await ask(`/api/v1/awards/${id}/revocation`, other.key, { reason: 'error', text: word });
      await updatePolicy(school.ctx, { confirmRevocation: false, releaseBatchAbove: null });
      return id;
    },
    /** An award of a batch that waits for a second awarder. */
    heldBatch: async () => {
      await updatePolicy(school.ctx, { confirmRevocation: false, releaseBatchAbove: 1 });
      const batch = `batch-${++count}`;
      const input = awardInput.parse(
        exampleAward(school.achievement, { recipient: { email: `${batch}@example.org` } }),
      );
      const actor = {
        kind: 'member' as const,
        person: 'someone',
        roles: [{ role: 'awarder' as const, achievements: null }],
      };
      const { id } = await awardCredential({ ...school.ctx, actor, now: world.deps.clock() }, input, {
        id: batch,
        size: 2,
      });
      await updatePolicy(school.ctx, { confirmRevocation: false, releaseBatchAbove: null });
      return { id, batch };
    },
    apiKey: async (): Promise<string> =>
      (await ask('/api/v1/api-keys', keys.admin, { role: 'awarder', label: `${word} ${++count}` })).id,
    invitation: async (kind: 'email' | 'eppn' = 'email') => {
      const address = `${word}.${++count}@uni.example`;
      const [made] = await inviteMembers(
        { ...school.ctx, now: world.deps.clock() },
        {
          addresses: [kind === 'email' ? { email: address } : { eppn: address }],
          role: 'awarder',
          achievements: null,
          language: 'nl',
        },
      );
      return { id: made!.id, address, token: made!.link?.split('/').at(-1) };
    },
    /** Someone's role, which can be ended without anybody missing it. */
    member: async (): Promise<string> => {
      const { id } = await createPerson(world, {
        kind: 'institution',
        name: `Kim ${word}`,
        eppn: `${word}.${++count}@uni.example`,
      });
      return addMember(world.deps, school.institution, id, 'assessor', { kind: 'operator' });
    },
    /** A group that may begin without a login. */
    group: async (): Promise<string> => {
      const input = { name: word, goal: null, language: 'nl' as const, endsOn: '2099-12-31' };
      return (await createGroup(school.ctx, input)).id;
    },
    team: async (): Promise<string> => (await createTeam(school.ctx, { name: word })).id,
    /** What someone says of this institution, or what it says of another. */
    endorsement: async (side: 'received' | 'given' = 'received'): Promise<string> => {
      const all = await listInstitutions(world.deps);
      const other = all.find(one => one.id !== school.institution.id) ?? school.institution;
      const kept = { way: 'institution', document: '{}', by: word, words: word, language: 'nl' } as const;
      const row = {
        id: randomUUID(),
        subjectKind: 'institution' as const,
        subjectId: side === 'received' ? school.institution.id : other.id,
        kept: { ...kept, institution: side === 'received' ? other.id : school.institution.id },
        createdAt: world.deps.clock().toISOString(),
      };
      await world.db.query.insert(endorsements).values(row);
      return row.id;
    },
    question: (): Promise<string> => addQuestion(school.ctx, `Wat deed je zelf bij ${word}?`),
    /** An invitation to a validation. */
    joinLink: async (): Promise<string> => {
      const input = { name: word, achievementId: null, places: 3, endsOn: '2099-12-31' };
      const secret = await inviteToDossier(school.ctx, input);
      return sha256Hex(secret);
    },
    /** What someone told of what they learned. */
    experience: async (): Promise<string> => {
      const { id: person } = await createPerson(world);
      const session = { person, language: 'nl' } as SignedIn;
      const told = { kind: 'informal', context: null, title: word, story: word, answers: {} } as const;
      return addExperience(world.deps, await openOwn(world.deps, session), {
        ...told,
        periodFrom: null,
        periodTo: null,
      });
    },
    /** A validation that someone asked this institution for. */
    validation: async (): Promise<string> => {
      const { id: person } = await createPerson(world, { name: `Nour ${word}` });
      const { dossier } = await beginDossier(world.deps, { person, language: 'nl' } as SignedIn, {
        institution: school.institution,
        recognise: true,
        achievements: [school.achievement],
        aim: word,
        experiences: [],
      });
      return dossier.id;
    },
    /** A badge from elsewhere that someone keeps here. */
    fromElsewhere: async (): Promise<string> => {
      const { id: personId } = await createPerson(world);
      const row = {
        id: randomUUID(),
        personId,
        issuer: 'did:web:elders.example',
        credentialId: `urn:${word}:${++count}`,
        document: JSON.stringify({ name: word }),
        mediaType: 'application/ld+json',
        source: 'text',
        verdict: 'indeterminate' as const,
        code: 'key-unreachable',
        checkedAt: world.deps.clock().toISOString(),
        createdAt: world.deps.clock().toISOString(),
      };
      await world.db.query.insert(importedBadges).values(row);
      return row.id;
    },
    /** A service that someone let in. */
    connection: async (): Promise<string> => {
      const { id: personId } = await createPerson(world);
      const at = world.deps.clock().toISOString();
      const [id, clientId] = [randomUUID(), randomUUID()];
      const registration = { client_name: word, client_uri: 'https://dienst.example/' };
      await world.db.query
        .insert(oauthClients)
        .values({ id: clientId, secretHash: '', registration, createdAt: at, usedAt: at });
      const allowed = { scopes: [], usedAt: null };
      await world.db.query.insert(connections).values({ id, personId, clientId, allowed, createdAt: at });
      return id;
    },
    members: async () => (await listMembers(school.ctx, { limit: 200 })).items,
    institutionNow: () => readInstitution(world.deps, slug),
  };
  return tenant;
}

/** Institution `a` is full of secrets; `b` is next door; and there is a learner of `a`, a stranger, and nobody. */
export async function createScene(options: WorldOptions = {}) {
  const world = createWorld(options);
  world.deps.config.operatorKey = OPERATOR_KEY;
  const a = await tenantOn(world, 'school-a', SECRET);
  const b = await tenantOn(world, 'school-b', 'buren');
  for (const make of [a.draft, a.suspended, a.apiKey, a.invitation, a.member]) await make();
  const learner = await createPerson(world, { email: `learner.${SECRET}@example.org`, name: `Lisa ${SECRET}` });
  const stranger = await createPerson(world, { email: 'stranger@example.org' });
  return { world, a, b, learner, stranger };
}
