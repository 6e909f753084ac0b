import { type createOffers, submit, withEmail } from './offers.ts';
import type { World } from './world.ts';

type School = Awaited<ReturnType<typeof createOffers>>;
type OnSqlite = World & {
  db: { sqlite: { prepare(sql: string): { pluck(): { get(...values: unknown[]): unknown } } } };
};

/** A badge that was claimed by a login: its owner, its link, and what was signed. */
export async function claimBadge(world: OnSqlite, school: School, name = 'Sam de Vries', rest: object = {}) {
  const email = `${crypto.randomUUID()}@example.org`;
  const owner = await withEmail(world, email);
  const { id, path } = await school.offer({ email, name }, rest);
  await submit(world, path, owner.headers);
  const token = world.db.sqlite.prepare('select token from shares where award_id = ?').pluck().get(id) as string;
  const document = await (await world.request(`/c/${token}.json`)).text();
  return { id, owner, token, document };
}

export const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

/** What the check says of a file. */
export async function verdictOf(world: World, bytes: Uint8Array | string): Promise<string> {
  const form = new FormData();
  form.set('file', new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], 'file'));
  const response = await world.request('/api/v1/verifications', { method: 'POST', body: form });
  const { verdict, code } = (await response.json()) as { verdict: string; code: string };
  return verdict ?? code;
}
