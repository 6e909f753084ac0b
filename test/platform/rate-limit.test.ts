import { describe, expect, it } from 'vitest';
import { createRateLimit } from '../../src/platform/rate-limit.ts';

function setUp({ perMinute = 60, burst = 30 } = {}) {
  let time = Date.parse('2026-01-01T00:00:00Z');
  const { take } = createRateLimit({ perMinute, burst, now: () => new Date(time) });
  return {
    take,
    advance: (seconds: number) => {
      time += seconds * 1000;
    },
    /** How many of `times` requests are let through. */
    pass: (times: number, address: string | ((i: number) => string)) =>
      Array.from({ length: times }, (_, i) => take(typeof address === 'string' ? address : address(i))).filter(
        ({ ok }) => ok,
      ).length,
  };
}

describe('the rate', () => {
  it('I7 lets the burst through and not one more, and says when to come back', () => {
    const { take, pass } = setUp();
    expect(pass(30, '192.0.2.1')).toBe(30);
    expect(take('192.0.2.1')).toEqual({ ok: false, retryAfter: 1 });
    expect(take('192.0.2.2')).toEqual({ ok: true });
  });

  it('I7 lets sixty a minute through after that, however hard one knocks', () => {
    const { pass, advance } = setUp();
    pass(30, '192.0.2.1');
    let passed = 0;
    for (let second = 0; second < 60; second++) {
      advance(1);
      passed += pass(100, '192.0.2.1');
    }
    expect(passed).toBe(60);
  });

  it('I7 saves up no more than the burst', () => {
    const { pass, advance } = setUp();
    advance(3_600);
    expect(pass(100, '192.0.2.1')).toBe(30);
    advance(3_600);
    expect(pass(100, '192.0.2.1')).toBe(30);
  });

  it('I7 tells a time that holds', () => {
    const { take, advance } = setUp({ perMinute: 7, burst: 1 });
    take('192.0.2.1');
    const refused = take('192.0.2.1');
    expect(refused).toEqual({ ok: false, retryAfter: 9 });
    advance(8);
    expect(take('192.0.2.1').ok).toBe(false);
    advance(1);
    expect(take('192.0.2.1').ok).toBe(true);
  });

  it('D7 a clock that is set back shuts no one out', () => {
    const { pass, advance } = setUp();
    expect(pass(30, '192.0.2.1')).toBe(30);
    advance(-3_600);
    expect(pass(100, '192.0.2.1')).toBe(30);
  });
});

describe('the address', () => {
  it('I7 takes 256 addresses of one /64 for one', () => {
    const { pass } = setUp();
    expect(pass(256, i => `2001:db8:0:1::${i.toString(16)}`)).toBe(30);
    expect(pass(256, i => `2001:db8:0:2:${i.toString(16)}::`)).toBe(30);
  });

  it.each([
    [
      '2001:db8::a',
      ['2001:DB8::A', '2001:0db8:0000:0000:0000:0000:0000:000b', '2001:db8:0:0:ffff::', '2001:db8::1%eth0'],
    ],
    ['::1', ['0:0:0:0:0:0:0:1', '::2']],
    [
      '192.0.2.9',
      ['::ffff:192.0.2.9', '::FFFF:192.0.2.9', '::ffff:c000:209', '0:0:0:0:0:ffff:c000:0209', ' 192.0.2.9 '],
    ],
    ['nonsense', ['', '192.0.2.1, 192.0.2.2', '192.0.2.1.evil', 'a:b', '[::1]:80', '192.0.2.1:80']],
  ])('I7 knows %s in every spelling', (address, spellings) => {
    const { take } = setUp({ burst: 1 });
    expect(take(address).ok).toBe(true);
    for (const spelling of spellings) expect([spelling, take(spelling).ok]).toEqual([spelling, false]);
  });

  it('I7 keeps neighbours apart', () => {
    const { take } = setUp({ burst: 1 });
    for (const address of ['192.0.2.1', '192.0.2.2', '::ffff:192.0.2.3', '2001:db8:0:1::', '2001:db8:0:2::', '::1']) {
      expect([address, take(address).ok]).toEqual([address, true]);
    }
  });

  it('I7 remembers a bounded number of addresses, those that asked last', () => {
    const { take } = setUp({ burst: 1 });
    take('192.0.2.1');
    for (let i = 0; i < 49_999; i++) take(`2001:db8:${(i >> 8).toString(16)}:${(i & 255).toString(16)}::`);
    expect(take('192.0.2.1').ok).toBe(false);
    take('198.51.100.1');
    expect(take('192.0.2.1').ok).toBe(true);
  });
});
