import { Hono } from 'hono';
import type { Letter, Mailer } from '../platform/mail.ts';
import { stylePath } from '../web/index.ts';

/** Where the letters of a development machine can be read. */
export const MAILBOX = '/dev/mail';
const KEPT = 100;

interface Kept {
  id: number;
  letter: Letter;
  at: Date;
}

/**
 * A mail system for a development machine that has none: it takes every letter, keeps the newest in memory and shows
 * them on a page, so that whoever tries the service finds their links. Only the server on Node makes one, and never in
 * production or beside a real mail system.
 */
export function openMailbox(): Mailer & { fetch: Hono['fetch'] } {
  let kept: Kept[] = [];
  let count = 0;
  const app = new Hono()
    .get(MAILBOX, c =>
      c.html(<Page letters={kept} />, 200, {
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; style-src 'self'; base-uri 'none'",
      }),
    )
    .get(`${MAILBOX}/:id`, c => {
      const found = kept.find(({ id }) => id === Number(c.req.param('id')));
      if (!found) return c.notFound();
      return c.html(found.letter.html, 200, {
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
      });
    });
  return {
    async send(letter) {
      kept = [{ id: ++count, letter, at: new Date() }, ...kept].slice(0, KEPT);
    },
    fetch: app.fetch,
  };
}

function Page({ letters }: { letters: Kept[] }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Mail of this machine</title>
        <link rel="stylesheet" href={stylePath} />
      </head>
      <body>
        <main>
          <h1>Mail of this machine</h1>
          <p class="lead">
            No mail system is configured (SMTP_URL), so letters end here instead of with their readers. The newest{' '}
            {KEPT} since the start are kept. This page exists on a development machine only.
          </p>
          {letters.length === 0 && (
            <p class="empty apart">No letters yet. Award a badge that asks for a claim, or invite a colleague.</p>
          )}
          {letters.map(({ id, letter, at }) => (
            <article class="badge apart" aria-labelledby={`letter-${id}`}>
              <h2 id={`letter-${id}`} lang={letter.language}>
                {letter.subject}
              </h2>
              <p class="note">
                To {letter.to}, {at.toISOString().slice(0, 16).replace('T', ' ')} UTC ·{' '}
                <a href={`${MAILBOX}/${id}`}>as HTML</a>
              </p>
              <pre lang={letter.language}>{withLinks(letter.text)}</pre>
            </article>
          ))}
        </main>
      </body>
    </html>
  );
}

const withLinks = (text: string) =>
  text.split(/(https?:\/\/\S+)/).map((part, n) => (n % 2 ? <a href={part}>{part}</a> : part));
