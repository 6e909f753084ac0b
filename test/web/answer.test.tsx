import { describe, expect, it } from 'vitest';
import { codes, type Report } from '../../src/verifier/index.ts';
import { messages } from '../../src/web/messages.ts';
import { AnswerPage, answerTitle } from '../../src/web/pages/answer.tsx';
import type { View } from '../../src/web/view.ts';
import { createWorld } from '../support/create-world.ts';

const viewIn = (language: 'nl' | 'en'): View => ({
  language,
  t: messages[language],
  origin: 'https://badges.example.nl',
  path: '/verify',
  switchHref: '/verify?lang=en',
  now: new Date('2026-11-22T13:05:00Z'),
  requestId: 'x',
});

const credential = {
  issuer: { id: 'did:web:school.example', name: 'School' },
  awardedDate: '2026-11-03T00:00:00+01:00',
  credentialSubject: { achievement: { name: 'Samenwerken' } },
};

/** A report in which one check decided. */
function report(
  code: Report['code'],
  id: Report['checks'][number]['id'],
  evidence: Record<string, unknown> = {},
): Report {
  const outcome = code === 'status-unreachable' ? ('unknown' as const) : ('failed' as const);
  const signature = { id: 'signature' as const, outcome: 'ok' as const, code: 'signature-valid' as const };
  return {
    verdict: outcome === 'unknown' ? 'indeterminate' : 'invalid',
    code,
    checkedAt: '2026-11-22T13:05:00Z',
    checks: [
      { ...signature, message: codes['signature-valid'], evidence: {} },
      { id, outcome, code, message: codes[code], evidence },
    ],
    credential,
    notChecked: [],
  };
}

const shown = (r: Report, language: 'nl' | 'en' = 'nl') => String(<AnswerPage view={viewIn(language)} report={r} />);

describe('the answer', () => {
  it('does not call a badge what is none, however good it is', () => {
    const r = report('form-other-credential', 'form');
    const good = { ...r, verdict: 'valid' as const, code: 'valid' as Report['code'] };
    expect(shown(good)).toContain('Dit is een geldig digitaal bewijs, maar geen badge');
    expect(shown(good)).not.toContain('Deze badge is geldig');
    expect(shown(good, 'en')).toContain('This is a valid digital credential, but not a badge');
    expect(answerTitle(viewIn('nl'), good)).toBe('Geen badge: Samenwerken');
    expect(shown(r)).toContain('Dit is geen badge, en het is niet geldig');
  });

  it('names each list of words that it does not know', () => {
    const contexts = ['https://one.example/v1', 'https://two.example/v1'];
    expect(shown(report('context-not-allowed', 'form', { contexts }))).toContain(
      'Het gaat om: https://one.example/v1, https://two.example/v1',
    );
  });

  it('leads from a badge that was replaced to the new one, without alarm', () => {
    const successor = 'https://badges.example.nl/c/abc';
    const r = report('superseded', 'status', { at: '2026-11-20T10:00:00Z', successor });
    const page = shown(r);
    expect(page).toContain('Deze badge is vervangen');
    expect(page).toContain('class="answer replaced"');
    expect(page).toContain(`href="${successor}"`);
    expect(page).toContain('20 november 2026');
    expect(answerTitle(viewIn('nl'), r)).toBe('Vervangen: Samenwerken');
    expect(shown(report('superseded', 'status', { successor: 'javascript:alert(1)' }))).not.toContain(
      'href="javascript:',
    );
  });

  it('says when something could not be reached, and that this is no refusal', () => {
    const page = shown(report('status-unreachable', 'status'));
    for (const part of ['We weten het niet zeker', 'Dat is geen nee', 'over een paar minuten'])
      expect(page).toContain(part);
    expect(page).toContain('Beoordeeld op 3 november 2026');
  });
});

describe('too many at once', () => {
  it('is a page that says how long to wait', async () => {
    const world = createWorld({ rateLimit: { take: () => ({ ok: false, retryAfter: 7 }) } });
    const page = await world.request('/verify?url=https://x.example/', { headers: { accept: 'text/html' } });
    expect([page.status, page.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await page.text()).toContain('Probeer het over 7 seconden opnieuw.');
    expect((await world.request('/verify')).status).toBe(200);
  });
});
