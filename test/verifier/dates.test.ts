import { beforeAll, describe, expect, it } from 'vitest';
import { minutes } from '../support/badges.ts';
import { world } from '../support/check-world.ts';

describe('dates', () => {
  let w: Awaited<ReturnType<typeof world>>;
  beforeAll(async () => {
    w = await world();
  });
  const said = async (changes: Record<string, unknown>, at?: Date) => w.verdict(await w.issue(changes), { at });

  it('a badge is valid between its dates, five minutes aside', async () => {
    expect(await said({ validUntil: '2026-10-31T12:00:00Z' })).toBe('invalid expired');
    expect(await said({ validUntil: minutes(-6).toISOString() })).toBe('invalid expired');
    expect(await said({ validUntil: minutes(-4).toISOString() })).toBe('valid');
    expect(await said({ validFrom: minutes(6).toISOString() })).toBe('invalid not-yet-valid');
    expect(await said({ validFrom: minutes(4).toISOString() })).toBe('valid');
  });

  it('can be asked for another moment', async () => {
    const validUntil = '2026-10-15T00:00:00Z';
    expect(await said({ validUntil }, new Date('2026-10-10T00:00:00Z'))).toBe('valid');
    expect(await said({ validUntil }, new Date('2026-09-01T00:00:00Z'))).toBe('invalid not-yet-valid');
    const report = await w.check(await w.issue(), { at: new Date('2026-10-10T00:00:00Z') });
    expect(report.at).toBe('2026-10-10T00:00:00.000Z');
  });

  it.each([
    { validFrom: '2026-02-30T00:00:00Z' },
    { validFrom: '2026-10-01T00:00:00' },
    { validFrom: '2026-10-01' },
    { validFrom: '2016-12-31T23:59:60Z' },
    { validFrom: undefined },
    { validFrom: null },
    { validFrom: ['2026-10-01T00:00:00Z', '2026-10-02T00:00:00Z'] },
    { validUntil: null },
    { validUntil: [] },
    { validUntil: '10000-01-01T00:00:00Z' },
    { validUntil: '2026-10-01T08:59:59Z' },
    { validUntil: ['2027-01-01T00:00:00Z', '2028-01-01T00:00:00Z'] },
  ])('V27: %j is malformed', async changes => {
    expect(await said(changes)).toBe('invalid malformed');
  });
});
