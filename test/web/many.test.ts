import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '../support/create-world.ts';
import { xlsx } from '../support/xlsx.ts';
import { createSchool, exampleAward } from '../support/world.ts';

describe('the pages of many badges at once', () => {
  let world: ReturnType<typeof createWorld>;
  let links: string[];
  let badge: Record<string, unknown>;

  const post = (path: string, fields: Record<string, string | File | File[]>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one);
    return world.request(path, { method: 'POST', body: form });
  };
  const text = async (path: string) => (await world.request(path)).text();
  /** The address of a batch, once all of it was checked. */
  async function checked(fields: Parameters<typeof post>[1]): Promise<string> {
    const answer = await post('/verify/many', fields);
    expect(answer.status).toBe(303);
    const path = answer.headers.get('location')!;
    while ((await text(path)).includes('<progress')) await new Promise(resolve => setTimeout(resolve, 20));
    return path;
  }

  beforeAll(async () => {
    world = createWorld();
    const school = await createSchool(world);
    const made = await Promise.all(
      ['a', 'b', 'c'].map(name =>
        world.api('/api/v1/awards', {
          key: school.keys.awarder,
          body: exampleAward(school.achievement, { recipient: { email: `${name}@example.org`, name: `Naam ${name}` } }),
        }),
      ),
    );
    badge = (await world.api(new URL(made[0]!.json.credential).pathname, { key: school.keys.awarder })).json;
    links = await Promise.all(
      made.map(async ({ json }) => {
        const claimed = await world.request(new URL(json.claim).pathname, { method: 'POST' });
        return new URL(claimed.headers.get('location')!, world.origin).href;
      }),
    );
    await world.api(`/api/v1/awards/${made[2]!.json.id}/revocation`, {
      key: school.keys.awarder,
      body: { reason: 'error' },
    });
  });

  it('links that were pasted end in a page with how many are in order, and what is odd first', async () => {
    const path = await checked({ links: [...links, 'zomaar wat', links[0]].join('\n') });
    const answer = await world.request(path);
    const page = await answer.text();
    expect(page).toContain('3 van 5 in orde');
    const at = (words: string) => page.indexOf(words);
    expect(at('Niet geldig (1)')).toBeGreaterThan(0);
    expect(at('Niet geldig (1)')).toBeLessThan(at('Niet te lezen (1)'));
    expect(at('Niet te lezen (1)')).toBeLessThan(at('In orde (3)'));
    expect(page).toContain('Dezelfde badge als regel 1.');
    expect(page).toContain('ingetrokken');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-robots-tag')).toBe('noindex');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('the whole answer of a row is a page, and the same in English', async () => {
    const path = await checked({ links: links.join('\n') });
    expect(await text(`${path}/3?lang=en`)).toContain('Row 3');
    expect(await text(`${path}/3`)).toContain('Terug naar alle badges');
    expect((await world.request(`${path}/4`)).status).toBe(404);
  });

  it('a spreadsheet is read, with the names beside the links', async () => {
    const sheet = xlsx([['Naam', 'Badge'], ...links.map((link, i) => [`Persoon ${i}`, link])]);
    const path = await checked({ files: new File([new Uint8Array(sheet)], 'lijst.xlsx') });
    const page = await text(path);
    expect(page).toContain('2 van 3 in orde');
    expect(page).toContain('Persoon 2');
  });

  it('several files are one each', async () => {
    const file = (name: string, content: unknown) => new File([JSON.stringify(content)], name);
    const path = await checked({ files: [file('goed.json', badge), file('fout.json', { ...badge, name: 'x' })] });
    expect(await text(path)).toContain('1 van 2 in orde');
  });

  it('none, one and two hundred and one are refused with what to do, and what was pasted stays', async () => {
    for (const [pasted, words] of [
      ['', 'Plak eerst links'],
      [links[0]!, 'Dit is één badge'],
      [Array.from({ length: 201 }, (_, i) => `${world.origin}/c/${i}`).join('\n'), 'Het zijn er 201.'],
    ] as const) {
      const answer = await post('/verify/many', { links: pasted });
      const page = await answer.text();
      expect(answer.status).toBe(400);
      expect(page).toContain(words);
      expect(page).toContain('aria-invalid="true"');
      expect(page).toContain(pasted.slice(0, 20));
    }
  });

  it('while it is under way the page says how far it is, refreshes without a script, and can be made to stop that', async () => {
    const { startBatch } = await import('../../src/verifier/batch.ts');
    const slow = createWorld({ transport: () => new Promise(() => {}) });
    const inputs = [0, 1].map(i => ({ name: `${i}`, text: `https://slow${i}.example/badge` }));
    const token = await startBatch(slow.deps, inputs, { language: 'nl' });
    const answer = await slow.request(`/verify/many/${token}`);
    expect(answer.headers.get('refresh')).toBe('2');
    const page = await answer.text();
    expect(page).toContain('0 van 2 klaar');
    expect(page).toMatch(/<progress[^>]* max="2" value="0"/);
    expect((await slow.request(`/verify/many/${token}?still=1`)).headers.get('refresh')).toBeNull();
    expect((await slow.request(`/verify/many/${token}/report.json`)).status).toBe(503);
  });

  describe('the report', () => {
    let path: string;
    const answerTo = async (name: string, content: string | Uint8Array) =>
      (await post('/verify', { file: new File([content as string], name) })).text();
    beforeAll(async () => {
      path = await checked({ links: `=HYPERLINK("x")\t${links[0]}\nSam\t${links[2]}` });
    });

    it('P6: as CSV holds no formula', async () => {
      const bytes = await (await world.request(`${path}/report.csv`)).arrayBuffer();
      const csv = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
      expect(csv).toContain(`"'=HYPERLINK(""x"")"`);
      expect(csv.charCodeAt(0)).toBe(0xfeff);
      expect(csv.split('\r\n')).toHaveLength(4);
    });

    it('as JSON can be checked here: it is ours and unchanged, of a moment', async () => {
      const report = await text(`${path}/report.json`);
      const page = await answerTo('report.json', report);
      expect(page).toContain('Dit rapport is van ons, en er is niets aan veranderd');
      expect(page).toContain('1 van 2 in orde');
      expect(page).toContain('Gemaakt op');
    });

    it('of which a letter was changed, added or left out is told to be changed', async () => {
      const report = await text(`${path}/report.json`);
      const parsed = JSON.parse(report);
      for (const changed of [
        report.replace('"revoked"', '"valid"'),
        JSON.stringify({ ...parsed, rows: parsed.rows.slice(0, 1) }),
        JSON.stringify({ ...parsed, note: 'x' }),
        JSON.stringify({ ...parsed, proof: { ...parsed.proof, verificationMethod: 'did:web:localhost%3A8787#key-9' } }),
      ]) {
        const page = await answerTo('report.json', changed);
        expect(page).toContain('Dit rapport is veranderd');
        expect(page).not.toContain('1 van 2 in orde');
      }
    });

    it('W8: of another service is not called ours, whatever it says of itself', async () => {
      const parsed = JSON.parse(await text(`${path}/report.json`));
      const page = await answerTo(
        'r.json',
        JSON.stringify({ ...parsed, issuer: { id: 'did:web:evil.example', url: 'https://evil.example' } }),
      );
      expect(page).toContain('Dit rapport is niet van ons');
      expect(page).not.toContain('answer valid');
    });

    it('signed with a key that was withdrawn since counts no more', async () => {
      const other = createWorld();
      const { signReport } = await import('../../src/verifier/index.ts');
      const { compromiseServiceKey } = await import('../../src/institutions/index.ts');
      const row = { row: 1, name: 'x', verdict: 'valid' as const, code: 'valid', checkedAt: new Date().toISOString() };
      const report = await signReport(other.deps, { language: 'nl', rows: [row] });
      await compromiseServiceKey(other.deps, { kind: 'operator' }, 'key-1');
      const form = new FormData();
      form.append('text', JSON.stringify(report));
      const page = await (await other.request('/verify', { method: 'POST', body: form })).text();
      expect(page).toContain('Dit rapport telt niet meer');
    });

    it('on paper can be checked here, and pages that are not as we make them are told apart', async () => {
      const paper = new Uint8Array(await (await world.request(`${path}/report.pdf`)).arrayBuffer());
      expect(new TextDecoder('latin1').decode(paper.subarray(0, 5))).toBe('%PDF-');
      expect(await answerTo('report.pdf', paper)).toContain('Dit rapport is van ons');
      const other = new Uint8Array([...paper, 10]);
      const page = await answerTo('report.pdf', other);
      expect(page).toContain('de bladzijden kunnen veranderd zijn');
      expect(page).toContain('answer indeterminate');
    });

    it('of a single check is signed too', async () => {
      const answer = await post('/verify/report', { text: links[0]!, kind: 'json' });
      expect(answer.headers.get('content-disposition')).toBe('attachment; filename="report.json"');
      expect(await answerTo('report.json', await answer.text())).toContain('1 van 1 in orde');
      expect((await post('/verify/report', { text: ' ' })).status).toBe(400);
      const page = await (await post('/verify', { text: JSON.stringify(badge) })).text();
      expect(page).toContain('formaction="/verify/report"');
    });
  });

  it('W1, W9: what a badge or a file says is text on every page, and the domain of who signed it stands beside it', async () => {
    const hostile = {
      ...badge,
      name: '<script>alert(1)</script>',
      credentialSubject: { achievement: { name: '<img src=x onerror=alert(1)>' } },
    };
    const path = await checked({
      links: '',
      files: [
        new File([JSON.stringify(hostile)], '"><script>alert(1)<\\script>.json'),
        new File([JSON.stringify(badge)], 'a\u202Egpj.json'),
      ],
    });
    const page = await text(path);
    expect(page).not.toContain('<script>');
    expect(page).not.toContain('<img');
    expect(page).toContain('U+202E');
    expect(page).toContain('localhost:8787');
  });
});
