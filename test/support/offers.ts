import type { Mailer, Letter } from '../../src/platform/mail.ts';
import { createPerson } from './people.ts';
import { exampleAchievement, exampleAward, createSchool, type World } from './world.ts';

/** An achievement whose badges are claimed. */
export const claimable = (claim: object = {}, over: object = {}) => ({
  ...exampleAchievement,
  claim: { assurance: 'login', ...claim },
  ...over,
});

/** A mail system that takes nothing: letters stay in the outbox, where a test finds them. */
export const idleMailer: Mailer = { send: () => Promise.reject(new Error('not here')) };

/** An institution whose badges are claimed, and a learner with a proven address. */
export async function createOffers(world: World, claim: object = {}, over: object = {}) {
  const school = await createSchool(world, undefined, claimable(claim, over));
  const offer = async (recipient: object, rest: object = {}, headers: Record<string, string> = {}) => {
    const body = exampleAward(school.achievement, { recipient, ...rest });
    const made = await world.api('/api/v1/awards', { key: school.keys.awarder, body, headers });
    return { ...made, path: made.json.claim ? new URL(made.json.claim).pathname : '', id: made.json.id as string };
  };
  return { ...school, offer };
}

/** Someone who proved an address by a one-time link and is here with it. */
export const withEmail = (world: World, email: string, over: object = {}) =>
  createPerson(world, { kind: 'email', issuer: 'mailto:', subject: email, email, ...over });

/** Sends a form of ours as the browser of someone who is signed in. */
export const submit = (
  world: World,
  path: string,
  headers: Record<string, string>,
  fields: Record<string, string> = {},
  accept = 'application/json',
) =>
  world.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept, origin: world.origin, ...headers },
    body: new URLSearchParams(fields).toString(),
  });

/** The letters that wait in the outbox, the oldest first. */
export const waiting = (world: { db: { sqlite: { prepare(sql: string): { all(): unknown[] } } } }) =>
  (
    world.db.sqlite.prepare('select key, kind, letter from outbox order by rowid').all() as Record<string, string>[]
  ).map(row => ({ key: row.key!, kind: row.kind!, letter: JSON.parse(row.letter ?? 'null') as Letter }));
