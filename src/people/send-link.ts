import { inArray } from 'drizzle-orm';
import { emailKey } from '../platform/addresses.ts';
import { OPERATOR } from '../platform/audit.ts';
import type { Deps, SignedIn } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { newToken } from '../platform/ids.ts';
import type { Language } from '../platform/language.ts';
import { composeLetter } from '../platform/letter.ts';
import { macOf } from '../platform/mac.ts';
import type { Letter } from '../platform/mail.ts';
import { letter } from '../platform/outbox.ts';
import { requireFresh } from './fresh.ts';
import { oneTimeLinkLetter } from './letters.ts';
import { spent } from './schema.ts';
import { LINK_MS, type LinkPurpose, ONE_TIME_LINK, type SealedLink, sealLink } from './sealed-link.ts';
import { wasSpent } from './spend.ts';

const HOUR_MS = 3_600_000;
/** Letters to one mailbox in an hour, whoever asks for them. */
const PER_MAILBOX = 3;

interface LinkRequest {
  /** As it was typed. */
  email: string;
  purpose: LinkPurpose;
  language: Language;
  /** A path of ours to go on to, judged by the caller. */
  then: string;
  session?: SignedIn | undefined;
}

/**
 * Sends a link by which an address proves itself. Whether the address is known is not even looked up, so a known, an
 * unknown and a mistyped one have the same answer after the same work (threat W11). A mailbox gets a few letters an hour.
 * @throws DomainError `not-signed-in` and `proof-needed` for `link` without a session or from one that is not fresh
 */
export async function sendOneTimeLink(deps: Deps, request: LinkRequest): Promise<void> {
  const { purpose, language, then, session } = request;
  if (purpose === 'link') {
    if (!session) throw new DomainError('not-signed-in', 'Sign in first.');
    requireFresh(deps, session);
  }
  const now = deps.clock();
  const key = emailKey(request.email);
  const link: SealedLink = {
    purpose,
    email: key ?? 'nobody@invalid.invalid',
    nonce: newToken(),
    expires: now.getTime() + LINK_MS,
    language,
    then,
    ...(purpose === 'link' ? { person: session!.person, session: session!.id } : {}),
  };
  const composed = composeOrNone(deps, link, await sealLink(deps, link));
  const slot = await freeSlot(deps, link.email, now);
  const send = slot !== undefined && key !== undefined ? composed : undefined;
  const expiresAt = new Date(now.getTime() + 2 * HOUR_MS).toISOString();
  const statements: Statement[] = [
    // Also when there is nothing to send: the work is the same.
    deps.db.query.insert(spent).values({ key: send ? slot! : `mailbox:${link.nonce}`, expiresAt }),
  ];
  if (send)
    statements.push(
      letter(deps.db, {
        key: `${ONE_TIME_LINK}:${link.nonce}`,
        kind: ONE_TIME_LINK,
        institution: OPERATOR,
        letter: send,
        now,
      }),
    );
  try {
    await deps.db.batch(statements);
  } catch (error) {
    // Someone asked for the same mailbox in the same moment: a letter is on its way.
    if (!wasSpent(error)) throw error;
  }
}

/** The letter; none for what looks like an address and is none that mail can be sent to. */
function composeOrNone(deps: Deps, link: SealedLink, token: string): Letter | undefined {
  const { origin } = deps.config;
  try {
    return composeLetter(oneTimeLinkLetter({ ...link, url: `${origin}/login/link/${token}`, origin }));
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

/** A place for one more letter to a mailbox in this hour, under a keyed hash: the table does not tell whose it is. */
async function freeSlot(deps: Deps, email: string, now: Date): Promise<string | undefined> {
  const name = await macOf(deps, ONE_TIME_LINK, email, Math.floor(now.getTime() / HOUR_MS));
  const slots = Array.from({ length: PER_MAILBOX }, (_, slot) => `mailbox:${name}:${slot}`);
  const rows = await deps.db.query.select({ key: spent.key }).from(spent).where(inArray(spent.key, slots));
  const taken = new Set(rows.map(row => row.key));
  return slots.find(slot => !taken.has(slot));
}
