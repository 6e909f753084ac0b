import { describe, expect, it } from 'vitest';
import { verifyAudit } from '../../src/platform/audit.ts';
import { decodeList, getBit } from '../../src/vc/status-list.ts';
import { createWorld } from '../support/create-world.ts';
import { createSchool, exampleAchievement, exampleAward } from '../support/world.ts';

const AWARDS = 100;
const COMMANDS = 9;

describe('changes of one badge at the same time', () => {
  it('I10: revoke, issue and suspend 1,000 times at once: each state is that of its last audit entry', async () => {
    // A clock of its own: the judge of all badges does not know that a revoked one can stand in a list of suspensions.
    const world = createWorld({ now: () => new Date() });
    const school = await createSchool(world, undefined, { ...exampleAchievement, suspendable: true });
    const key = school.keys.awarder;
    const select = (sql: string, ...values: unknown[]) =>
      world.db.sqlite
        .prepare(sql)
        .pluck()
        .all(...values);
    const change = {
      suspend: (id: string) => world.api(`/api/v1/awards/${id}/suspension`, { key, body: {} }),
      lift: (id: string) => world.api(`/api/v1/awards/${id}/suspension`, { key, method: 'DELETE' }),
      revoke: (id: string) => world.api(`/api/v1/awards/${id}/revocation`, { key, body: { reason: 'error' } }),
    };
    const issue = async (n: number) => {
      const body = exampleAward(school.achievement, { recipient: { email: `${n}@example.org` } });
      return (await world.api('/api/v1/awards', { key, body })).json.id as string;
    };
    // 100 are issued, and 900 commands run against them, ten badges side by side.
    const orders = (n: number) =>
      Array.from({ length: COMMANDS }, (_, i) =>
        n % 4 === 3 && i === n % COMMANDS ? ('revoke' as const) : (['suspend', 'lift'] as const)[(i + n) % 2]!,
      );
    const answers: { id: string; order: string; status: number; code?: string }[] = [];
    const one = async (n: number) => {
      const id = await issue(n);
      await Promise.all(
        orders(n).map(async order => {
          const { status, json } = await change[order](id);
          answers.push({ id, order, status, ...(status === 200 ? {} : { code: json.code }) });
        }),
      );
      return id;
    };
    const ids: string[] = [];
    for (let from = 0; from < AWARDS; from += 10)
      ids.push(...(await Promise.all(Array.from({ length: 10 }, (_, i) => one(from + i)))));
    expect(ids.length + answers.length).toBe(1_000);

    const becomes: Record<string, string> = {
      'award.reserve': 'released',
      'award.suspend': 'suspended',
      'award.lift': 'released',
      'award.revoke': 'revoked',
    };
    const badge = (await world.api(`/api/v1/awards/${ids[0]}/credential`, { key })).json;
    const list = await world.api(new URL(badge.credentialStatus.statusListCredential).pathname);
    const bits = await decodeList(list.json.credentialSubject.encodedList);
    for (const id of ids) {
      const told = select('select action from audit_log where subject = ? order by seq', id) as string[];
      const [state] = select('select state from awards where id = ?', id) as string[];
      expect([id, state]).toEqual([id, becomes[told.at(-1)!]]);
      // The log, the history and the answers tell of the same changes, and nothing follows a revocation.
      const done = answers.filter(a => a.id === id && a.status === 200).length;
      expect(told.filter(action => action !== 'award.reserve')).toHaveLength(done);
      expect(told.indexOf('award.revoke')).toBe(told.includes('award.revoke') ? told.length - 1 : -1);
      const [index] = select('select status_index from awards where id = ?', id) as number[];
      expect(getBit(bits, index!)).toBe(state !== 'released');
    }
    for (const { status, code } of answers) expect([200, 'award-state']).toContain(code ?? status);
    expect((await verifyAudit(world.db)).filter(f => f.firstBad)).toEqual([]);

    // Un-revoke: never.
    const revoked = ids.filter((_, n) => n % 4 === 3);
    for (const id of revoked)
      for (const order of ['lift', 'suspend', 'revoke'] as const) {
        const again = await change[order](id);
        expect([again.status, again.json.code]).toEqual([409, 'award-state']);
      }
    expect(select("select count(*) from awards where state = 'revoked'")).toEqual([revoked.length]);
  }, 180_000);
});
