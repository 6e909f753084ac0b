import { describe, expect, it } from 'vitest';
import { MAILBOX, openMailbox } from '../../src/demo/index.ts';
import { composeLetter } from '../../src/platform/letter.ts';

const letter = (subject: string) =>
  composeLetter({
    language: 'nl',
    to: 'learner@example.org',
    subject,
    paragraphs: ['<script>alert(1)</script>'],
    action: { label: 'Haal op', url: 'http://localhost:8787/claim/abc?letter=x' },
    footer: 'y',
  });

describe('the mailbox of a development machine', () => {
  it('keeps the newest letters, and shows each as text with its link and as HTML', async () => {
    const mailbox = openMailbox();
    const get = async (path: string) => {
      const response = await mailbox.fetch(new Request(`http://localhost:8787${path}`));
      return { status: response.status, html: await response.text(), headers: response.headers };
    };
    expect((await get(MAILBOX)).html).toContain('No letters yet');
    for (let n = 1; n <= 101; n++) await mailbox.send(letter(`Brief ${n}`), `<${n}@x>`);
    const { html, headers } = await get(MAILBOX);
    expect(html).toContain('Brief 101');
    expect(html).not.toContain('Brief 1<');
    expect(html).toContain('href="http://localhost:8787/claim/abc?letter=x"');
    expect(html).not.toContain('<script>');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    const one = await get(`${MAILBOX}/101`);
    expect(one.html).toBe(letter('Brief 101').html);
    expect(one.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect([(await get(`${MAILBOX}/1`)).status, (await get(`${MAILBOX}/x`)).status]).toEqual([404, 404]);
  });
});
