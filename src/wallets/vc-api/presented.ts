import { DomainError } from '../../platform/errors.ts';
import { DATA_INTEGRITY_CONTEXT, ED25519_2020_CONTEXT } from '../../vc/contexts.ts';

/** What a wallet sent, by the form that it is answered in. */
export type Message = { kind: 'asks' } | { kind: 'presents'; presentation: JsonObject; bare: boolean };

/**
 * Reads a message of an exchange: nothing yet, a presentation by its name (VCALM), or one by itself, as wallets of before
 * send it.
 * @throws DomainError `request-invalid`
 */
export function readMessage(body: unknown): Message {
  if (!isObject(body)) throw refused('A message is a JSON object.');
  if (Object.keys(body).length === 0) return { kind: 'asks' };
  if (isObject(body.verifiablePresentation))
    return { kind: 'presents', presentation: body.verifiablePresentation, bare: false };
  if ([body.type].flat().includes('VerifiablePresentation'))
    return { kind: 'presents', presentation: body, bare: true };
  throw refused('Send nothing, or a verifiablePresentation.');
}

/** The one proof of a presentation. @throws DomainError `request-invalid` for none, and for more */
export function onlyProof({ proof }: JsonObject): JsonObject {
  const [one, ...more] = [proof ?? []].flat();
  if (!isObject(one) || more.length) throw refused('A presentation has exactly one proof.');
  return one;
}

/** Contexts that give words to a proof, and none to what it signs. */
const OF_PROOFS: unknown[] = [
  ED25519_2020_CONTEXT,
  DATA_INTEGRITY_CONTEXT,
  'https://w3id.org/security/data-integrity/v1',
];

/**
 * LearnCard writes the context of the proof inside the proof. Its words are the same at the top of the presentation,
 * which is where a proof finds them.
 */
export function withContextOnTop(presentation: JsonObject): JsonObject {
  const { '@context': within, ...proof } = onlyProof(presentation);
  const inside = [within ?? []].flat();
  if (inside.length === 0 || inside.some(context => !OF_PROOFS.includes(context))) return presentation;
  const outside = [presentation['@context'] ?? []].flat();
  const added = inside.filter(context => !outside.includes(context));
  return { ...presentation, '@context': [...outside, ...added], proof };
}

const refused = (why: string) => new DomainError('request-invalid', why);

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
