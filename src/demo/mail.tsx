import { desc, eq } from 'drizzle-orm';
import { Hono } from 'hono';
import type { Deps } from '../platform/context.ts';
import type { Letter } from '../platform/mail.ts';
import { outbox } from '../platform/schema.ts';
import { stylePath } from '../web/index.ts';

/** Where the letters of a development machine can be read. */
export const MAILBOX = '/dev/mail';

type Row = typeof outbox.$inferSelect & { letter: Letter };

/**
 * The letters that would have been sent, for a machine without a mail system: whoever tries the service finds their
 * links here. The server mounts it in development only, and only where nothing sends (`mayShowMail`).
 */
export function mailbox(deps: Deps): Hono {
  return new Hono()
    .get(MAILBOX, async c => {
      const rows = await deps.db.query.select().from(outbox).orderBy(desc(outbox.createdAt)).limit(50);
      const letters = rows.filter((row): row is Row => row.letter !== null);
      return c.html(<Page letters={letters} />, 200, {
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; style-src 'self'; base-uri 'none'",
      });
    })
    .get(`${MAILBOX}/:id`, async c => {
      const [row] = await deps.db.query
        .select()
        .from(outbox)
        .where(eq(outbox.id, c.req.param('id')));
      if (!row?.letter) return c.notFound();
      return c.html(row.letter.html, 200, {
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
      });
    });
}

/** Never in production, and never beside a mail system: letters that are sent are for their readers alone. */
export const mayShowMail = ({ config, mailer }: Deps): boolean => !config.production && !mailer;

function Page({ letters }: { letters: Row[] }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Mail that was not sent</title>
        <link rel="stylesheet" href={stylePath} />
      </head>
      <body>
        <main>
          <h1>Mail that was not sent</h1>
          <p class="lead">
            No mail system is configured (SMTP_URL), so letters stay here. This page exists on a development machine
            only.
          </p>
          {letters.length === 0 && <p class="empty apart">No letters yet. Award a badge, or invite a colleague.</p>}
          {letters.map(({ id, letter, createdAt }) => (
            <article class="badge apart" aria-labelledby={id}>
              <h2 id={id} lang={letter.language}>
                {letter.subject}
              </h2>
              <p class="note">
                To {letter.to}, {createdAt.slice(0, 16).replace('T', ' ')} UTC ·{' '}
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
