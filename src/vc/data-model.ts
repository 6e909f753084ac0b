import { decodeBase58, decodeBase64url, hex } from './bytes.ts';
import { VC1_CONTEXT, VC2_CONTEXT } from './contexts.ts';
import { parseDateTimeStamp } from './date.ts';

/**
 * The first member of a credential that breaks the data model (VC-DATA-MODEL-2.0 §4; for its base context also
 * VC-DATA-MODEL 1.1 §4), or undefined. What JSON-LD itself refuses (terms, types, contexts) is not looked at here.
 */
export function credentialDefect(credential: JsonObject): string | undefined {
  const first = contextDefect(credential['@context']) ?? typesDefect(credential.type, 'VerifiableCredential');
  if (first) return first;
  const { id, issuer, credentialSubject, name, description } = credential;
  if ('id' in credential && !isUrl(id)) return 'id';
  if (!isUrl(idOf(issuer))) return 'issuer';
  if (isObject(issuer) && !(isText(issuer.name) && isText(issuer.description))) return 'issuer';

  const subjects = [credentialSubject].flat();
  const soundSubject = (subject: unknown) =>
    isObject(subject) && Object.keys(subject).length > 0 && (!('id' in subject) || isUrl(subject.id));
  if (subjects.length === 0 || !subjects.every(soundSubject)) return 'credentialSubject';

  if (!isText(name)) return 'name';
  if (!isText(description)) return 'description';
  return datesDefect(credential) ?? typedDefect(credential) ?? resourcesDefect(credential.relatedResource);
}

/** As `credentialDefect`, for a presentation (VC-DATA-MODEL-2.0 §4.13). The credentials inside are not looked at. */
export function presentationDefect(presentation: JsonObject): string | undefined {
  const first = contextDefect(presentation['@context']) ?? typesDefect(presentation.type, 'VerifiablePresentation');
  if (first) return first;
  if ('id' in presentation && !isUrl(presentation.id)) return 'id';
  if ('holder' in presentation && !isUrl(idOf(presentation.holder))) return 'holder';
  const { verifiableCredential: shown } = presentation;
  return shown === undefined || [shown].flat().every(isObject) ? undefined : 'verifiableCredential';
}

function contextDefect(context: unknown): string | undefined {
  const sound =
    Array.isArray(context) &&
    (context[0] === VC2_CONTEXT || context[0] === VC1_CONTEXT) &&
    context.every(item => isObject(item) || isUrl(item));
  return sound ? undefined : '@context';
}

function typesDefect(type: unknown, required: string): string | undefined {
  const types = [type].flat();
  const sound = types.every(item => typeof item === 'string' && /^\S+$/.test(item)) && types.includes(required);
  return sound ? undefined : 'type';
}

/**
 * §4.9: validFrom and validUntil, which 1.1 called issuanceDate, without which there was no credential, and
 * expirationDate.
 */
function datesDefect(credential: JsonObject): string | undefined {
  const is1 = [credential['@context']].flat()[0] === VC1_CONTEXT;
  const names = is1 ? ['issuanceDate', 'expirationDate'] : ['validFrom', 'validUntil'];
  const [from, until] = names as [string, string];
  if (is1 && credential.issuanceDate === undefined) return from;
  const wrong = names.find(name => name in credential && !parseDateTimeStamp(credential[name]));
  if (wrong) return wrong;
  const [start, end] = [parseDateTimeStamp(credential[from]), parseDateTimeStamp(credential[until])];
  return start && end && start > end ? until : undefined;
}

/** §4.10, §4.11, §5.4 to §5.6: things of a type; a schema has an id as well. */
function typedDefect(credential: JsonObject): string | undefined {
  const sound = (name: string, item: unknown) => {
    if (!isObject(item)) return false;
    const types = [item.type].flat();
    if (types.length === 0 || !types.every(type => typeof type === 'string' && type !== '')) return false;
    if (name === 'credentialSchema') return isUrl(item.id);
    return !('id' in item) || isUrl(item.id);
  };
  const names = ['credentialStatus', 'credentialSchema', 'refreshService', 'termsOfUse', 'evidence'];
  return names.find(name => name in credential && ![credential[name]].flat().every(item => sound(name, item)));
}

/** VC-DATA-MODEL-2.0 §B.1: the digests of the one resource that every verifier knows. */
const BASE_CONTEXT_DIGESTS = {
  sha256: '59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734',
  sha384: 'l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU',
};

/** §5.3: each related resource once, by an id, with a digest, which is compared where the resource is known. */
function resourcesDefect(resources: unknown): string | undefined {
  if (resources === undefined) return undefined;
  const list = [resources].flat();
  const ids = list.map(idOf);
  const sound = list.every(
    item =>
      isObject(item) &&
      isUrl(item.id) &&
      (item.digestSRI !== undefined || item.digestMultibase !== undefined) &&
      (item.id !== VC2_CONTEXT || (isBaseContextSri(item.digestSRI) && isBaseContextMultibase(item.digestMultibase))),
  );
  return sound && new Set(ids).size === ids.length ? undefined : 'relatedResource';
}

function isBaseContextSri(sri: unknown): boolean {
  if (sri === undefined) return true;
  if (typeof sri !== 'string') return false;
  if (sri.startsWith('sha384-')) return sri.slice(7) === BASE_CONTEXT_DIGESTS.sha384;
  if (!sri.startsWith('sha256-')) return false;
  const url = sri
    .slice(7)
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/={1,2}$/, '');
  return sameSha256(() => decodeBase64url(url));
}

/** A bare SHA-256, or one with its multihash header. */
function isBaseContextMultibase(multibase: unknown): boolean {
  if (multibase === undefined) return true;
  if (typeof multibase !== 'string') return false;
  const decode = multibase.startsWith('z') ? decodeBase58 : multibase.startsWith('u') ? decodeBase64url : undefined;
  return decode !== undefined && sameSha256(() => decode(multibase.slice(1)));
}

function sameSha256(decode: () => Uint8Array): boolean {
  try {
    const digest = hex(decode());
    return digest === BASE_CONTEXT_DIGESTS.sha256 || digest === `1220${BASE_CONTEXT_DIGESTS.sha256}`;
  } catch {
    return false;
  }
}

/** An absolute URL or URI; a URL with an authority also has to parse as one. */
export function isUrl(value: unknown): value is string {
  if (typeof value !== 'string' || !/^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/.test(value)) return false;
  return URL.canParse(value);
}

/** §4.6, §11.1: a text, a text in a language, or several of those. */
function isText(value: unknown): boolean {
  if (value === undefined || typeof value === 'string') return true;
  if (Array.isArray(value)) return value.every(item => item !== undefined && !Array.isArray(item) && isText(item));
  return (
    isObject(value) &&
    typeof value['@value'] === 'string' &&
    Object.keys(value).every(key => ['@value', '@language', '@direction'].includes(key))
  );
}

const idOf = (node: unknown): unknown => (isObject(node) ? node.id : node);

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
