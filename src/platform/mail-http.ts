import type { Config } from './config.ts';
import { MailError, type Mailer } from './mail.ts';

const DEADLINE_MS = 15_000;

/**
 * Hands letters to a mail service over HTTP, for runtimes without sockets. One letter is one request:
 *
 *     POST <httpUrl>
 *     Authorization: Bearer <httpToken>
 *     Idempotency-Key: <messageId>
 *     {"from", "to", "subject", "text", "html", "language", "messageId", "headers": {"Auto-Submitted"}}
 *
 * Any 2xx is a promise to deliver. 408, 429 and 5xx, and no answer, are tried again with the same `messageId`; any
 * other answer is final, but for 401, 403 and 404, which are about the token or the address of the service. The service
 * is expected to drop a second letter of the same `messageId`.
 */
export function httpMailer(
  { httpUrl, httpToken, from }: Config['mail'] & { httpUrl: string },
  send: typeof fetch = (input, init) => fetch(input, init),
): Mailer {
  return {
    async send({ to, subject, text, html, language }, messageId) {
      const headers = { 'Auto-Submitted': 'auto-generated' };
      let response: Response;
      try {
        response = await send(httpUrl, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'idempotency-key': messageId,
            ...(httpToken ? { authorization: `Bearer ${httpToken}` } : {}),
          },
          body: JSON.stringify({ from, to, subject, text, html, language, messageId, headers }),
          // A letter is for the service that was configured, and for no other.
          redirect: 'manual',
          signal: AbortSignal.timeout(DEADLINE_MS),
        });
        await response.body?.cancel();
      } catch (cause) {
        throw new MailError(false, { cause });
      }
      if (response.ok) return;
      throw new MailError(isFinal(response.status), { answer: response.status });
    },
  };
}

/** 401 and 403 are about our token, which the operator can mend; a redirect is about the address of the service. */
const isFinal = (status: number) => status >= 400 && status < 500 && ![401, 403, 404, 408, 429].includes(status);
