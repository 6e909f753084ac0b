import type { Language } from './language.ts';

/** A letter as it is sent: plain text and HTML that say the same. */
export interface Letter {
  to: string;
  language: Language;
  subject: string;
  text: string;
  html: string;
}

/** Hands a letter over to the mail system of the runtime: SMTP on Node, an HTTP service on Workers. */
export interface Mailer {
  /**
   * Resolves once the other side took it. The same `messageId` is given on every try of the same letter.
   * @throws MailError
   */
  send(letter: Letter, messageId: string): Promise<void>;
}

/** Why a letter was not taken. `permanent`: trying again will not help. */
export class MailError extends Error {
  override readonly name = 'MailError';
  readonly permanent: boolean;
  /** The number that the other side answered, if it did. Its words can hold an address, so no log shows the cause. */
  readonly answer: number | undefined;

  constructor(permanent: boolean, { answer, cause }: { answer?: number; cause?: unknown } = {}) {
    super(permanent ? 'refused for good' : 'not taken now', { cause });
    this.permanent = permanent;
    this.answer = answer;
  }
}
