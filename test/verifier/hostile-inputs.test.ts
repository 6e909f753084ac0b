import { describe, expect, it } from 'vitest';
import { createRateLimit } from '../../src/platform/rate-limit.ts';
import { createWorld } from '../support/create-world.ts';

describe('whoever means harm', () => {
  it('V29: does not hold the process with comments before a page or a picture, however many', async () => {
    const world = createWorld();
    for (const end of ['x', '<svg xmlns="http://www.w3.org/2000/svg"/>', '<html>']) {
      const text = '<!---->'.repeat(20_000) + end;
      const { status, json } = await world.api('/api/v1/verifications', { body: { credential: text } });
      expect([status, json.code]).toEqual([422, 'credential-unreadable']);
    }
  });

  it('does not take all the room that there is for batches of one hour', async () => {
    const world = createWorld({ rateLimit: createRateLimit({ perMinute: 60, burst: 1_000, now: () => new Date(0) }) });
    const inputs = [{ url: 'x.example/1' }, { url: 'x.example/2' }];
    const statuses: number[] = [];
    for (let n = 0; n < 21; n++)
      statuses.push((await world.api('/api/v1/verification-batches', { body: { inputs } })).status);
    expect(statuses).toEqual([...Array<number>(20).fill(202), 429]);
  });
});
