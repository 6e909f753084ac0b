/** An endorsement that was signed elsewhere, with a key of the giver’s own: checked, and kept with what was found. */
import { type Endorsed, keepEndorsement } from '../credentials/index.ts';
import type { Deps, SignedIn } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import type { Language } from '../platform/language.ts';
import { checkCredential } from '../verifier/index.ts';

/** Characters of a document, which is words and no pictures; and of the words themselves, which are shown whole. */
const MOST = 100_000;
const MOST_WORDS = 5_000;

/**
 * Checks an EndorsementCredential (OB 3.0 §B.1.8) as JSON or a JWT and hands it to whom it is about.
 * @throws DomainError `credential-unreadable` with `reason`: `not-endorsement`, `too-long`, `not-valid` (and the `code`
 * of the check); `limit-broken`; what the check throws for what it cannot read, and what `keepEndorsement` throws
 */
export async function bringEndorsement(
  deps: Deps,
  session: SignedIn,
  subject: Endorsed,
  text: string,
  language: Language,
): Promise<void> {
  const document = text.trim();
  if (document.length > MOST) throw new DomainError('limit-broken', 'This is too large for an endorsement.');
  if (!/^(\{|ey[\w-]+\.)/.test(document)) throw refused('not-endorsement', 'This is neither JSON nor a JWT.');
  const { verdict, code, checkedAt, credential } = await checkCredential(deps, { credential: document });
  const types = [credential?.type].flat();
  const subjects = [credential?.credentialSubject].flat();
  const said = subjects.length === 1 && isObject(subjects[0]) ? subjects[0] : {};
  const [about, words] = [said.id, textOf(said.endorsementComment)];
  if (!credential || !types.includes('EndorsementCredential') || typeof about !== 'string' || !words)
    throw refused('not-endorsement', 'This is not an EndorsementCredential with one comment about one thing.');
  if (words.length > MOST_WORDS) throw refused('too-long', `The comment has more than ${MOST_WORDS} characters.`);
  if (verdict !== 'valid') throw refused('not-valid', 'The check did not find this good.', code);
  const { issuer, validUntil } = credential;
  const id = isObject(issuer) ? issuer.id : issuer;
  await keepEndorsement(
    deps,
    session,
    subject,
    {
      document,
      by: ((isObject(issuer) && textOf(issuer.name)) || String(id)).slice(0, 200),
      issuer: String(id),
      about,
      words,
      ...(typeof validUntil === 'string' ? { validUntil } : {}),
      checked: { verdict, code, at: checkedAt },
    },
    language,
  );
}

const refused = (reason: string, why: string, code?: string) =>
  new DomainError('credential-unreadable', why, { extensions: { reason, ...(code ? { check: code } : {}) } });

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text, or one in a language (JSON-LD 1.1 §4.2.4); nothing for several, of which only one could be shown. */
function textOf(value: unknown): string {
  const [one, ...more] = [value].flat();
  if (more.length > 0) return '';
  const text = isObject(one) ? one['@value'] : one;
  return typeof text === 'string' ? text.trim() : '';
}
