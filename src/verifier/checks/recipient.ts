import { hex, sha256, utf8 } from '../../vc/bytes.ts';
import { md5 } from '../../vc/md5.ts';
import type { Identity } from '../../vc/open-badge-2.ts';
import type { Code } from '../codes.ts';
import type { Finding } from '../report.ts';
import type { RecipientAsked } from './recipient-asked.ts';

type RecipientKind = keyof RecipientAsked;

/** What a badge states of whom it was given to. `hash`: made with the salt behind it (OB 3.0 §8.4, OB 2.0). */
type Stated = { type: string; value: string; hashed: boolean; salt: string };

/** More than any badge has; each costs a few hashes. */
const MAX_STATED = 20;

/** The subjects of a badge of OB 3.0: their ids, and the identifiers beside them (IdentityObject). */
export function statedIn(document: JsonObject): Stated[] {
  const subjects = [document.credentialSubject ?? []].flat().filter(isObject);
  return subjects
    .flatMap(({ id, identifier }) => [
      // A UUID that was made for the badge says nothing that anyone could know.
      ...(typeof id === 'string' && !/^urn:uuid:/i.test(id)
        ? [{ type: kindOfId(id), value: id, hashed: false, salt: '' }]
        : []),
      ...[identifier ?? []]
        .flat()
        .filter(isObject)
        .flatMap(({ identityType, identityHash, hashed, salt }) =>
          typeof identityHash === 'string'
            ? [{ type: String(identityType), value: identityHash, hashed: hashed === true, salt: textOf(salt) }]
            : [],
        ),
    ])
    .slice(0, MAX_STATED);
}

const kindOfId = (id: string): string => (id.startsWith('did:') ? 'did' : 'identifier');

/** The recipient of an assertion of OB 2.0. */
export const statedIn2 = ({ type, identity, hashed, salt }: Identity): Stated[] => [
  { type, value: identity, hashed, salt: salt ?? '' },
];

/**
 * Compares what a checker knows with what the badge states, each on its own. It says whom the issuer gave the badge to,
 * and never who stands there, so it never changes the verdict.
 */
export async function checkRecipient(stated: Stated[], asked: RecipientAsked | undefined): Promise<Finding> {
  if (!asked) return { outcome: 'skipped', code: 'recipient-not-asked' };
  const given = Object.entries(asked).filter((entry): entry is [RecipientKind, string] => entry[1] !== undefined);
  const answers = await Promise.all(
    given.map(async ([kind, text]) => ({ kind, ...(await compare(kind, text, stated)) })),
  );
  const codes: Code[] = answers.map(({ code }) => code);
  const code =
    (['recipient-mismatch', 'recipient-match', 'recipient-match-name'] as const).find(one => codes.includes(one)) ??
    'recipient-not-stated';
  const outcome = code === 'recipient-mismatch' ? 'failed' : code === 'recipient-not-stated' ? 'unknown' : 'ok';
  return { outcome, code, evidence: { given: answers } };
}

type Answer = { code: Code; how?: 'plain' | 'sha256' | 'md5' };

async function compare(kind: RecipientKind, text: string, stated: Stated[]): Promise<Answer> {
  const comparable = stated.filter(({ type }) => isOfKind(type, kind));
  for (const one of comparable) {
    const how = one.hashed ? await hashMatch(text, one) : isSame(kind, text, one.value) ? 'plain' : undefined;
    if (how) return { code: kind === 'name' ? 'recipient-match-name' : 'recipient-match', how };
  }
  return { code: comparable.length > 0 ? 'recipient-mismatch' : 'recipient-not-stated' };
}

/** Issuers name the kinds in many ways, and give a number of their own under any; only three cannot be another. */
function isOfKind(type: string, kind: RecipientKind): boolean {
  const name = type.replace(/^ext:/i, '').toLowerCase();
  if (kind === 'name') return name === 'name';
  if (kind === 'did' || name === 'did') return kind === name;
  const isEmail = name === 'email' || name === 'emailaddress';
  if (kind === 'email') return isEmail;
  // An eduID was at times put in the place of an e-mail address.
  return name !== 'name' && name !== 'telephone' && (kind === 'eduid' || !isEmail);
}

/** OB 3.0 §8.4: of the identity and the salt, one after the other; some issuers put the identity in lower case first. */
async function hashMatch(text: string, { value: hash, salt }: Stated): Promise<'sha256' | 'md5' | undefined> {
  const [, name, digest = ''] = /^(?:(sha256|md5)\$)?([0-9a-f]+)$/i.exec(hash) ?? [];
  const how = (name?.toLowerCase() ?? (digest.length === 32 ? 'md5' : 'sha256')) as 'sha256' | 'md5';
  for (const spelling of new Set([text, text.toLowerCase()])) {
    const bytes = utf8(spelling + salt);
    const made = hex(how === 'md5' ? md5(bytes) : await sha256(bytes));
    if (made === digest.toLowerCase()) return how;
  }
  return undefined;
}

function isSame(kind: RecipientKind, one: string, other: string): boolean {
  // A DID is written in one way; names and addresses are not.
  if (kind === 'did') return one === other;
  const plain = (text: string) => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
  return plain(one) === plain(other);
}

const textOf = (salt: unknown): string => (typeof salt === 'string' ? salt : '');

const isObject = (one: unknown): one is JsonObject => typeof one === 'object' && one !== null && !Array.isArray(one);
