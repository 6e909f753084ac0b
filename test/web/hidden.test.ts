import { describe, expect, it } from 'vitest';
import { badge, type Json, keySigner, signAny } from '../support/badges.ts';
import { createWorld } from '../support/create-world.ts';

describe('hidden characters on a page', () => {
  const world = createWorld();

  async function pageOf(name: string, narrative: string): Promise<{ status: number; html: string }> {
    const signer = await keySigner(51);
    const document = badge(signer.controller);
    const subject = document.credentialSubject as Json;
    const achievement = { ...(subject.achievement as Json), name };
    const credentialSubject = { ...subject, narrative, achievement };
    const form = new FormData();
    form.set(
      'file',
      new File([JSON.stringify(await signAny({ ...document, credentialSubject }, signer))], 'badge.json'),
    );
    const response = await world.request('/verify', { method: 'POST', body: form, headers: { accept: 'text/html' } });
    return { status: response.status, html: await response.text() };
  }

  it('W9: a few are each marked', async () => {
    const { status, html } = await pageOf('Diploma\u202Egnp', 'a\u200Bb');
    expect(status).toBe(200);
    expect(html.match(/class="hidden-character"/g)?.length).toBeGreaterThanOrEqual(2);
  });

  it('300,000 of them neither break the page nor blow it up', async () => {
    const many = '\u202E'.repeat(140_000);
    for (const words of [many, '*\u202E* '.repeat(35_000)]) {
      const { status, html } = await pageOf(many, words);
      expect(status).toBe(200);
      expect(html.length).toBeLessThan(5e6);
      expect(html.match(/class="hidden-character"/g) ?? []).toHaveLength(0);
      expect(html).toContain('\uFFFD\uFFFD');
    }
  });
});
