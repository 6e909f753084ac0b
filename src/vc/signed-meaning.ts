import type { Dataset, Quad } from './canonize.ts';

const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const CRED = 'https://www.w3.org/2018/credentials#';
const STATUS = 'https://www.w3.org/ns/credentials/status#';
/** The words of StatusList2021, the draft before BitstringStatusList. */
const STATUS_2021 = 'https://w3id.org/vc/status-list#';
const XSD_INTEGER = 'http://www.w3.org/2001/XMLSchema#integer';

/** One `credentialStatus` as signed. Every member can have been said more than once, or not at all. */
export type StatusEntry = {
  kind: 'credential-status';
  id: string | undefined;
  types: string[];
  purposes: string[];
  /** `numeric` when it was written as a JSON number, which VC-BITSTRING-STATUS-LIST §2.1 does not allow. */
  indexes: { text: string; numeric: boolean }[];
  /** Bits for each entry, when said; one otherwise. */
  sizes: string[];
  listCredentials: string[];
  /** What the values of the entry stand for, as in `{status: "0x1", message: "…"}`. */
  messages: { statuses: string[]; messages: string[] }[];
};

/**
 * A place in an IETF Token Status List (draft-ietf-oauth-status-list §6.2), from the claim `status` of a JWT. A member
 * that is not there, or is not what it has to be, is undefined.
 */
export type TokenStatusEntry = { kind: 'token-status-list'; uri: string | undefined; idx: number | undefined };

/** What a document says about its outermost node, once the notation is gone. All types are full IRIs. */
export type SignedMeaning = {
  id: string | undefined;
  types: string[];
  issuerIds: string[];
  subjectIds: (string | undefined)[];
  validFrom: string[];
  validUntil: string[];
  /** What VC 1.1 calls them. */
  issuanceDate: string[];
  expirationDate: string[];
  statuses: (StatusEntry | TokenStatusEntry)[];
  /** Where a newer version of the document can be had. */
  refreshServices: { id: string | undefined; types: string[] }[];
  /** For a status list: what its subjects say. */
  lists: { types: string[]; purposes: string[]; encodedLists: string[] }[];
};

export const CREDENTIAL_TYPE = `${CRED}VerifiableCredential`;
export const BADGE_TYPE = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential';
export const BITSTRING_ENTRY_TYPE = `${STATUS}BitstringStatusListEntry`;
export const BITSTRING_LIST_TYPE = `${STATUS}BitstringStatusList`;
export const BITSTRING_CREDENTIAL_TYPE = `${STATUS}BitstringStatusListCredential`;
export const LIST_2021_ENTRY_TYPE = `${STATUS_2021}StatusList2021Entry`;
export const LIST_2021_TYPE = `${STATUS_2021}StatusList2021`;
export const LIST_2021_CREDENTIAL_TYPE = `${STATUS_2021}StatusList2021Credential`;
export const REVOCATION_LIST_TYPE = 'https://purl.imsglobal.org/spec/vcrl/v1p0/context.json#1EdTechRevocationList';
export const REFRESH_TYPE = 'https://purl.imsglobal.org/spec/vccr/v1p0/context.json#1EdTechCredentialRefresh';
export const ENDORSEMENT_TYPE = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#EndorsementCredential';

/**
 * Reads the statements about a document's root from its RDF, which is what was signed. However a statement was spelled
 * (plainly, as a full IRI, in `@nest`, through an alias, in another node with the same id, in another graph), it counts.
 */
export function signedMeaning({ root, quads }: Dataset): SignedMeaning {
  const say = (subject: string | undefined, predicate: string): Quad['object'][] =>
    quads.filter(quad => quad.subject.value === subject && quad.predicate.value === predicate).map(quad => quad.object);
  const values = (subject: string | undefined, predicate: string) => unique(say(subject, predicate).map(o => o.value));
  // One word in the one vocabulary or in the other: what is said in both was said twice.
  const listWords = (subject: string, word: string) =>
    unique([...say(subject, STATUS + word), ...say(subject, STATUS_2021 + word)].map(o => o.value));
  const named = (term: Quad['object']) => (term.termType === 'NamedNode' ? term.value : undefined);

  const subjects = say(root, `${CRED}credentialSubject`);
  return {
    id: root,
    types: values(root, RDF_TYPE),
    issuerIds: values(root, `${CRED}issuer`),
    subjectIds: subjects.map(named),
    validFrom: values(root, `${CRED}validFrom`),
    validUntil: values(root, `${CRED}validUntil`),
    issuanceDate: values(root, `${CRED}issuanceDate`),
    expirationDate: values(root, `${CRED}expirationDate`),
    statuses: say(root, `${CRED}credentialStatus`).map(node => ({
      kind: 'credential-status' as const,
      id: named(node),
      types: values(node.value, RDF_TYPE),
      purposes: listWords(node.value, 'statusPurpose'),
      indexes: [
        ...say(node.value, `${STATUS}statusListIndex`),
        ...say(node.value, `${STATUS_2021}statusListIndex`),
      ].map(o => ({
        text: o.value,
        numeric: o.datatype?.value === XSD_INTEGER,
      })),
      sizes: values(node.value, `${STATUS}statusSize`),
      listCredentials: listWords(node.value, 'statusListCredential'),
      messages: say(node.value, `${STATUS}statusMessage`).map(message => ({
        statuses: values(message.value, `${STATUS}status`),
        messages: values(message.value, `${STATUS}message`),
      })),
    })),
    refreshServices: say(root, `${CRED}refreshService`).map(node => ({
      id: named(node),
      types: values(node.value, RDF_TYPE),
    })),
    lists: subjects.map(node => ({
      types: values(node.value, RDF_TYPE),
      purposes: listWords(node.value, 'statusPurpose'),
      encodedLists: listWords(node.value, 'encodedList'),
    })),
  };
}

const unique = (values: string[]): string[] => [...new Set(values)];
