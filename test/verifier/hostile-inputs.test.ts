import { describe, expect, it } from 'vitest';
import { createRateLimit } from '../../src/platform/rate-limit.ts';
import { VC2_CONTEXT } from '../../src/vc/contexts.ts';
import type { BadgeView } from '../../src/web/badge-view.ts';
import { messages } from '../../src/web/messages.ts';
import { kicker } from '../../src/web/pages/badge-facts.tsx';
import { badge } from '../support/badges.ts';
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

  it('V29: nor with a digest that is nothing but padding, or hours without a number until the last letter', async () => {
    const long = 900_000;
    const related = { id: VC2_CONTEXT, digestSRI: `sha256-${'='.repeat(long)}x` };
    const credential = badge('did:web:school.example', { relatedResource: [related] });
    const { status, json } = await createWorld().api('/api/v1/verifications', { body: { credential } });
    expect([status, json.verdict]).toEqual([200, 'invalid']);
    const view = { t: messages.nl, language: 'nl' } as const;
    const hoursOf = (hours: string) => kicker({ hours } as BadgeView, view);
    expect(hoursOf(`${'x'.repeat(long)}1x`)).toContain('x1');
    expect(hoursOf('20 uur')).toBe(hoursOf('20'));
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
