import { describe, expect, it } from 'vitest';
import { composeLetter } from '../../src/platform/letter.ts';
import { httpMailer } from '../../src/platform/mail-http.ts';

const letter = composeLetter({
  language: 'nl',
  to: 'zoë@example.org',
  subject: 'Je badge ligt klaar',
  paragraphs: ['Hallo'],
  footer: 'x',
});
const config = { httpUrl: 'https://mail.example/send', httpToken: 'geheim', from: 'Waarmerk <noreply@w.example>' };

describe('mail over HTTP', () => {
  it('is one POST of JSON, with the token and the Message-ID as its key', async () => {
    const asked: Request[] = [];
    const mailer = httpMailer(config, async (input, init) => {
      asked.push(new Request(input, init));
      return new Response(null, { status: 202 });
    });
    await mailer.send(letter, '<1@w.example>');
    const [request] = asked as [Request];
    expect([request.method, request.url, request.redirect]).toEqual(['POST', config.httpUrl, 'manual']);
    expect(request.headers.get('authorization')).toBe('Bearer geheim');
    expect(request.headers.get('idempotency-key')).toBe('<1@w.example>');
    expect(await request.json()).toEqual({
      from: config.from,
      to: letter.to,
      subject: letter.subject,
      text: letter.text,
      html: letter.html,
      language: 'nl',
      messageId: '<1@w.example>',
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  });

  it.each([
    [400, true],
    [422, true],
    [413, true],
    [401, false],
    [403, false],
    [404, false],
    [408, false],
    [429, false],
    [500, false],
    [503, false],
    [302, false],
  ])('an answer of %i: given up %s', async (status, permanent) => {
    const mailer = httpMailer(config, async () => new Response('no mailbox zoë@example.org', { status }));
    await expect(mailer.send(letter, '<1@w.example>')).rejects.toMatchObject({ permanent, answer: status });
    await expect(mailer.send(letter, '<1@w.example>')).rejects.not.toThrow('zoë');
  });

  it('no answer is tried again', async () => {
    const mailer = httpMailer(config, () => Promise.reject(new TypeError('no network')));
    await expect(mailer.send(letter, '<1@w.example>')).rejects.toMatchObject({ permanent: false });
  });
});
