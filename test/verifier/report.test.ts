import { describe, expect, it } from 'vitest';
import { codes } from '../../src/verifier/codes.ts';
import { checkIds, type Findings, judge, type Outcome, writeReport } from '../../src/verifier/report.ts';
import { NOW } from '../support/badges.ts';

const sound: Findings = {
  form: { outcome: 'ok', code: 'form-sound' },
  signature: { outcome: 'ok', code: 'signature-valid' },
  key: { outcome: 'ok', code: 'key-authorized' },
  issuer: { outcome: 'unknown', code: 'issuer-unknown' },
  dates: { outcome: 'ok', code: 'dates-current' },
  status: { outcome: 'not-applicable', code: 'no-status' },
  schema: { outcome: 'ok', code: 'schema-match' },
  endorsements: { outcome: 'skipped', code: 'endorsements-not-checked' },
  recipient: { outcome: 'skipped', code: 'recipient-not-asked' },
};

describe('the verdict', () => {
  it('is valid when everything it rests on is good, whoever knows the issuer', () => {
    expect(judge(sound)).toEqual({ verdict: 'valid', code: 'valid' });
  });

  it('is never valid when something it rests on is failed, unknown, skipped or missing', () => {
    for (const id of ['form', 'signature', 'key', 'dates', 'status', 'schema'] as const) {
      const verdict = (outcome: Outcome) => judge({ ...sound, [id]: { outcome, code: 'malformed' } });
      expect(verdict('failed')).toEqual({ verdict: 'invalid', code: 'malformed' });
      expect(verdict('unknown')).toEqual({ verdict: 'indeterminate', code: 'malformed' });
      expect(verdict('skipped').verdict).toBe('indeterminate');
      const { [id]: _, ...without } = sound;
      expect(judge(without).verdict).toBe('indeterminate');
    }
    expect(judge({}).verdict).toBe('indeterminate');
  });

  it('names the most telling of several failures, and a failure before what is unknown', () => {
    const bad: Findings = {
      ...sound,
      dates: { outcome: 'failed', code: 'expired' },
      status: { outcome: 'failed', code: 'revoked' },
      key: { outcome: 'unknown', code: 'issuer-unbound' },
      schema: { outcome: 'failed', code: 'schema-mismatch' },
    };
    expect(judge(bad).code).toBe('revoked');
    expect(judge({ ...bad, status: sound.status }).code).toBe('expired');
    expect(judge({ ...bad, status: sound.status, dates: sound.dates }).code).toBe('schema-mismatch');
  });

  it('is written with every check, and with what was not checked', () => {
    const report = writeReport({}, { now: NOW, at: NOW, credential: null });
    expect(report.checks.map(({ id, outcome }) => [id, outcome])).toEqual(checkIds.map(id => [id, 'skipped']));
    expect(report.notChecked.map(({ id }) => id)).toEqual(['recipient', 'links', 'issuer', 'status-then']);
  });
});

describe('the table of codes', () => {
  it('is lower-kebab, and says each in Dutch and in English, in short sentences', () => {
    for (const [code, { nl, en }] of Object.entries(codes)) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      for (const sentence of [nl, en]) {
        expect(sentence).toMatch(/^[A-Z].*\.$/);
        for (const part of sentence.split(/[.:]/))
          expect([code, part.trim().split(' ').length <= 20]).toEqual([code, true]);
      }
      expect(nl).not.toBe(en);
      expect(nl).not.toMatch(/\bu\b|\buw\b/i);
    }
  });
});
