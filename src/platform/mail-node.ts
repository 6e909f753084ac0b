import { createTransport } from 'nodemailer';
import type { Config } from './config.ts';
import { MailError, type Mailer } from './mail.ts';

/** Milliseconds: to connect and be greeted, without a word from the server, and for one letter in all. */
interface SmtpLimits {
  connectMs: number;
  silenceMs: number;
  /** Shorter than a sender's lease, so that nobody else sends the letter meanwhile. */
  letterMs: number;
}

/** Sends by SMTP (RFC 5321), over a few connections that are kept open while there is work. */
export function smtpMailer(
  { smtpUrl, from }: Config['mail'] & { smtpUrl: string },
  { connectMs, silenceMs, letterMs }: SmtpLimits = { connectMs: 10_000, silenceMs: 30_000, letterMs: 90_000 },
): Mailer & { close(): void } {
  const url = new URL(smtpUrl);
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 4,
    // Trying again is the outbox's, which knows what was taken.
    maxRequeues: 0,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: silenceMs,
    // A password goes over an encrypted line, or not at all.
    ...(url.username && !isLoopback(url.hostname) ? { requireTLS: true } : {}),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // A connection that is idle may be closed by the other side: that is no event.
  transport.on('error', () => undefined);
  return {
    async send(letter, messageId) {
      const message = {
        from,
        // As an object: a text would be read as a list of addresses.
        to: { name: '', address: letter.to },
        subject: letter.subject,
        text: letter.text,
        html: letter.html,
        messageId,
        headers: {
          'Content-Language': letter.language,
          // RFC 3834 §5: no out-of-office notice in answer to this.
          'Auto-Submitted': 'auto-generated',
        },
        signal: AbortSignal.timeout(letterMs),
      };
      try {
        await transport.sendMail(message);
      } catch (error) {
        throw toMailError(error);
      }
    },
    close: () => transport.close(),
  };
}

const isLoopback = (host: string) => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host);

/**
 * RFC 5321 §4.2.1: a 5yz is final. It is about this letter only when the server said it of the recipient or of what
 * was sent; a refused sender, password or connection is for the operator to mend, and the letter waits for that.
 */
function toMailError(error: unknown): MailError {
  const { command, responseCode } = error as { command?: string; responseCode?: number };
  const final = responseCode !== undefined && responseCode >= 500 && responseCode < 600;
  const ofTheLetter = command === 'RCPT TO' || command === 'DATA';
  return new MailError(final && ofTheLetter, { cause: error, answer: responseCode });
}
