import { describe, expect, it } from 'vitest';
import { formatDateTimeStamp, parseDateTimeStamp } from '../../src/vc/date.ts';

describe('dateTimeStamp', () => {
  it.each([
    ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31T12:00:00.5+02:00', '2026-01-31T10:00:00.500Z'],
    ['2026-01-31T23:30:00-01:30', '2026-02-01T01:00:00.000Z'],
    ['2024-02-29T00:00:00.123456Z', '2024-02-29T00:00:00.123Z'],
    ['0099-12-31T23:59:59Z', '0099-12-31T23:59:59.000Z'],
  ])('reads %s', (text, iso) => {
    expect(parseDateTimeStamp(text)?.toISOString()).toBe(iso);
  });

  it.each([
    '2026-02-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '2026-01-31T12:00:00',
    '2026-01-31',
    '2016-12-31T23:59:60Z',
    '2026-01-31T24:00:00Z',
    '10000-01-01T00:00:00Z',
    '-2026-01-01T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-1-31T12:00:00Z',
    '2026-01-31t12:00:00z',
    '2026-01-31 12:00:00Z',
    '2026-01-31T12:00Z',
    '2026-01-31T12:00:00+0200',
    '2026-01-31T12:00:00+14:01',
    '2026-01-31T12:00:00+02:60',
    ' 2026-01-31T12:00:00Z',
    '',
    null,
    undefined,
    1769860800000,
    ['2026-01-31T12:00:00Z'],
  ])('V27: refuses %j', value => {
    expect(parseDateTimeStamp(value)).toBeUndefined();
  });

  it('writes UTC to the second', () => {
    expect(formatDateTimeStamp(new Date('2026-01-31T12:00:00.987Z'))).toBe('2026-01-31T12:00:00Z');
  });
});
