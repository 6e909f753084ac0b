// A badge on paper, through the front door, read by programs that are not ours.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, claimBadge, verdictOf } from '../support/claimed.ts';
import { createWorld } from '../support/create-world.ts';
import { createOffers } from '../support/offers.ts';
import { exampleAchievement } from '../support/world.ts';

const NAME = 'Zoë Łukasiewicz-Ødegård';
const OFFLINE = /^HTTP:\/\/LOCALHOST:8787\/V#\d{200,}$/;

const has = (program: string): boolean => {
  try {
    execFileSync('which', [program], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
};
const haveReaders = ['qpdf', 'pdftoppm', 'pdftotext', 'pdfdetach'].every(has);
if (!haveReaders)
  console.warn('qpdf and poppler-utils are not installed: the tests with other readers of PDF are skipped.');

describe('a badge on paper', () => {
  let world: ReturnType<typeof createWorld>;
  let school: Awaited<ReturnType<typeof createOffers>>;
  const folder = mkdtempSync(join(tmpdir(), 'paper-'));

  beforeAll(async () => {
    world = createWorld();
    school = await createOffers(world);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const paperOf = async (token: string, headers: Record<string, string> = {}) =>
    bytesOf(await world.request(`/c/${token}.pdf`, { headers }));
  const run = (program: string, args: string[], pdf: Uint8Array): string => {
    const file = join(folder, 'badge.pdf');
    writeFileSync(file, pdf);
    return execFileSync(
      program,
      args.map(arg => (arg === 'FILE' ? file : arg)),
      { encoding: 'utf8' },
    );
  };
  const textOf = (pdf: Uint8Array) => run('pdftotext', ['-layout', 'FILE', '-'], pdf).normalize('NFC');

  it('holds the signed badge, which our check finds and calls valid; the same badge gives the same bytes', async () => {
    const { token, id, owner } = await claimBadge(world, school, NAME);
    const response = await world.request(`/c/${token}`, { headers: { accept: 'application/pdf' } });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="badge.pdf"');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const pdf = await bytesOf(response);
    expect(await verdictOf(world, pdf)).toBe('valid');
    expect(Buffer.from(await paperOf(token)).equals(pdf)).toBe(true);
    const own = await world.request(`/badges/${id}/badge.pdf`, { headers: owner.headers });
    expect(Buffer.from(await bytesOf(own)).equals(pdf)).toBe(true);
    const told = await PDFDocument.load(pdf, { updateMetadata: false });
    expect([told.getTitle(), told.getAuthor(), told.getLanguage(), told.getPageCount()]).toEqual([
      `Samenwerken, voor ${NAME}`,
      'Proefschool',
      'nl',
      1,
    ]);
  });

  it.skipIf(!haveReaders)('qpdf finds nothing wrong, and the attached file is the badge byte for byte', async () => {
    const { token, document } = await claimBadge(world, school, NAME);
    const pdf = await paperOf(token);
    expect(run('qpdf', ['--check', 'FILE'], pdf)).toContain('No syntax or stream encoding errors found');
    run('pdfdetach', ['-saveall', '-o', folder, 'FILE'], pdf);
    expect(readFileSync(join(folder, 'badge.json'), 'utf8')).toBe(document);
  });

  it.skipIf(!haveReaders)('says title, name, issuer, the European elements, decision and identity', async () => {
    const { token, document } = await claimBadge(world, school, NAME);
    const text = textOf(await paperOf(token)).replace(/\s+/g, ' ');
    for (const words of [
      'Samenwerken',
      NAME,
      'Proefschool, Zwolle, Nederland',
      'BRIN 99ZZ',
      '240 SBU',
      'niveau 4 (EQF)',
      'Werkt samen (ESCO)',
      'Portfolio',
      'Werkervaring',
      'Kwaliteitskader',
      '1 november 2026',
      'Een examinator van Proefschool heeft',
      'De houder logde op',
      JSON.parse(document).id,
      `${world.origin}/c/${token}`,
    ])
      expect(text).toContain(words);
  });

  it.skipIf(!haveReaders)('P8, W8: its QR codes lead to our own address, whatever host was asked', async () => {
    const { token, document } = await claimBadge(world, school, NAME);
    const pdf = await paperOf(token, { host: 'evil.example', 'x-forwarded-host': 'evil.example' });
    run('pdftoppm', ['-r', '120', '-png', '-singlefile', 'FILE', join(folder, 'page')], pdf);
    const page = new Uint8Array(readFileSync(join(folder, 'page.png')));
    const codes = await world.deps.readQr(page);
    expect(codes.sort()).toEqual([expect.stringMatching(OFFLINE), `${world.origin}/c/${token}`]);
    const found = await world.api('/api/v1/verifications', { body: { credential: codes[0] } });
    expect([found.json.verdict, found.json.credential.id]).toEqual(['valid', JSON.parse(document).id]);
    expect(textOf(pdf)).not.toContain('evil.example');
  });

  it.skipIf(!haveReaders)('speaks the language of the badge', async () => {
    const english = await createOffers(
      world,
      {},
      { ...exampleAchievement, claim: { assurance: 'login' }, language: 'en' },
    );
    const { token } = await claimBadge(world, english, NAME);
    const text = textOf(await paperOf(token));
    expect(text).toContain('Check this badge');
    expect(text).toContain('An examiner of Proefschool');
    expect(text).not.toContain('Controleer');
  });

  it.skipIf(!haveReaders)('P5: long and odd words stay on the paper, and go on over more pages', async () => {
    const long = {
      ...exampleAchievement,
      claim: { assurance: 'login' },
      name: 'W'.repeat(300),
      description: `${'Lorem ipsum '.repeat(800)}\u202E\u0007]]>`,
      criteria: { narrative: 'x'.repeat(20_000) },
      outcomes: Array.from({ length: 50 }, (_, i) => ({
        name: `Uitkomst ${i} ${'woord '.repeat(20)}`,
        code: { framework: 'ESCO', url: `https://x.example/${i}` },
      })),
    };
    const { token } = await claimBadge(world, await createOffers(world, {}, long), `${'n'.repeat(150)}\u202Exx`);
    const pdf = await paperOf(token);
    expect(run('qpdf', ['--check', 'FILE'], pdf)).toContain('No syntax or stream encoding errors found');
    const { length } = (await PDFDocument.load(pdf)).getPages();
    expect(length).toBeGreaterThan(1);
    expect(length).toBeLessThan(8);
    const text = textOf(pdf);
    expect(text).not.toMatch(/[\u202E\u0007]/);
    expect(text).toContain('De rest van deze tekst staat in de badge zelf.');
    const [, width] = /xMax="([\d.]+)"[^>]*>[nW]/.exec(run('pdftotext', ['-bbox', 'FILE', '-'], pdf))!;
    expect(Number(width)).toBeLessThan(595 - 40);
    expect(await verdictOf(world, pdf)).toBe('valid');
  });

  it.skipIf(!haveReaders)('a badge that no longer counts says so on its paper', async () => {
    const { token, id } = await claimBadge(world, school, NAME);
    expect(textOf(await paperOf(token))).not.toContain('Deze badge is ingetrokken');
    await world.api(`/api/v1/awards/${id}/revocation`, { key: school.keys.awarder, body: { reason: 'error' } });
    const pdf = await paperOf(token);
    expect(textOf(pdf)).toContain('Deze badge is ingetrokken en telt niet meer.');
    expect(await verdictOf(world, pdf)).toBe('invalid');
  });

  it('a badge without a page of its own has no paper yet', async () => {
    const { id, owner } = await claimBadge(world, school, NAME);
    world.db.sqlite.prepare('delete from shares where award_id = ?').run(id);
    const refused = await world.api(`/badges/${id}/badge.pdf`, { headers: owner.headers });
    expect([refused.status, refused.json.code]).toEqual([409, 'award-state']);
  });
});
