// Every code of the published table, seen on the page: with its sentence, and with what there is to do about it.
import { beforeAll, describe, expect, it } from 'vitest';
import { type Code, codes, type Report, remedyOf } from '../../src/verifier/index.ts';
import { messages } from '../../src/web/messages.ts';
import { AnswerPage } from '../../src/web/pages/answer.tsx';
import type { View } from '../../src/web/view.ts';
import { makeCases } from '../cases/cases.ts';
import { type Handed, OWN } from '../cases/inputs.ts';
import { createWorld } from '../support/create-world.ts';

const languages = ['nl', 'en'] as const;
type Language = (typeof languages)[number];

/** The words of a page, as a reader sees them. */
const wordsOf = (html: string) =>
  html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ');

/** The codes that stand at the checks of a page. */
const codesOn = (html: string) =>
  [...html.matchAll(/<code class="code-name">([a-z-]+)<\/code>/g)].map(m => m[1] as Code);

function expectTold(html: string, language: Language) {
  const words = wordsOf(html);
  for (const code of codesOn(html)) {
    expect(words, code).toContain(codes[code][language]);
    const remedy = remedyOf(code);
    if (remedy) expect(words, code).toContain(remedy[language]);
  }
}

async function formOf(handed: Handed): Promise<FormData> {
  const form = new FormData();
  if ('file' in handed) form.set('file', new File([handed.file as Uint8Array<ArrayBuffer>], 'badge'));
  else {
    const given = 'url' in handed ? handed.url : handed.credential;
    form.set('text', typeof given === 'string' ? given : JSON.stringify(given));
  }
  return form;
}

describe('every code of the check, on the page', () => {
  const live = new Set<Code>();
  const pages: { html: string; language: Language }[] = [];

  beforeAll(async () => {
    const cases = await makeCases();
    const { request } = createWorld({ origin: OWN, network: new Map(cases.flatMap(({ network }) => network)) });
    for (const [i, { handed }] of cases.entries()) {
      if (!handed) continue;
      const language = languages[i % 2]!;
      const headers = { accept: 'text/html', 'accept-language': language };
      const answer = await request('/verify', { method: 'POST', headers, body: await formOf(handed) });
      const html = await answer.text();
      pages.push({ html, language });
      for (const code of codesOn(html)) live.add(code);
    }
  }, 120_000);

  it('of badges in every form, with every signature, issuer and status', () => {
    expect(pages.length).toBeGreaterThan(150);
    for (const { html, language } of pages) expectTold(html, language);
    // What decides a verdict is met in a real badge, and not only in the table.
    for (const code of [
      'signature-invalid',
      'revoked',
      'suspended',
      'status-unreachable',
      'issuer-unresolvable',
    ] as const)
      expect(live).toContain(code);
    expect(live.size).toBeGreaterThanOrEqual(30);
  });

  it.each(Object.keys(codes) as Code[])('%s', code => {
    for (const language of languages) {
      const outcomes = ['failed', 'unknown', 'ok'] as const;
      for (const outcome of outcomes) {
        const html = shown(reportWith(code, outcome), language);
        expect(codesOn(html)).toContain(code);
        expectTold(html, language);
      }
    }
  });

  it('says each thing in words of its own: no two codes of one check share a sentence', () => {
    for (const language of languages) {
      const said = Object.values(codes).map(sentence => sentence[language]);
      expect(said.filter((one, i) => said.indexOf(one) !== i)).toEqual([]);
    }
  });

  it('tells who can do something wherever a badge is not simply good', () => {
    const good = /^(valid|.*-(sound|valid|confirmed|authorized|known|current|clear|match|same)|no-endorsements)$/;
    const without = (Object.keys(codes) as Code[]).filter(code => remedyOf(code) === undefined);
    const told = [
      ...['form-short', 'hosted-at-issuer', 'schema-match-older', 'schema-older', 'schema-other-model'],
      ...['schema-partial', 'schema-other-form', 'schema-not-asked', 'refresh-newer', 'presentation-asked'],
    ];
    expect(without.filter(code => !good.test(code) && !told.includes(code))).toEqual([]);
  });

  it('holds to plain words: no sentence is long, none says "u", none says credential of a badge', () => {
    for (const code of Object.keys(codes) as Code[])
      for (const sentence of [codes[code], remedyOf(code)]) {
        if (!sentence) continue;
        for (const part of sentence.nl.split(/[.:?]\s/)) expect(part.split(' ').length, part).toBeLessThanOrEqual(22);
        expect(sentence.nl).not.toMatch(/\b(u|uw|middels|credential)\b/i);
      }
  });
});

function reportWith(code: Code, outcome: 'ok' | 'failed' | 'unknown'): Report {
  const check = { id: 'form' as const, outcome, code, message: codes[code], evidence: {} };
  const verdict = { ok: 'valid', failed: 'invalid', unknown: 'indeterminate' } as const;
  return {
    verdict: verdict[outcome],
    code: outcome === 'ok' ? 'valid' : code,
    checkedAt: '2026-11-22T13:05:00Z',
    checks: [check],
    credential: { issuer: { id: 'did:web:school.example' } },
    notChecked: [],
  };
}

const shown = (report: Report, language: Language): string => {
  const view: View = {
    language,
    t: messages[language],
    origin: 'https://badges.example.nl',
    path: '/verify',
    switchHref: '/verify?lang=en',
    now: new Date('2026-11-22T13:05:00Z'),
    requestId: 'x',
  };
  return String(<AnswerPage view={view} report={report} />);
};
