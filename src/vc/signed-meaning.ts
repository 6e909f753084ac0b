import type { Dataset, Quad } from './canonize.ts';

const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const CRED = 'https://www.w3.org/2018/credentials#';
const STATUS = 'https://www.w3.org/ns/credentials/status#';
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
};

/**
 * A place in an IETF Token Status List (draft-ietf-oauth-status-list §6.2), from the claim `status` of a JWT. A member that
 * is not there, or is not what it has to be, is undefined.
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
  /** For a status list: what its subjects say. */
  lists: { types: string[]; purposes: string[]; encodedLists: string[] }[];
};

export const CREDENTIAL_TYPE = `${CRED}VerifiableCredential`;
export const BADGE_TYPE = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential';
export const BITSTRING_ENTRY_TYPE = `${STATUS}BitstringStatusListEntry`;
export const BITSTRING_LIST_TYPE = `${STATUS}BitstringStatusList`;
export const BITSTRING_CREDENTIAL_TYPE = `${STATUS}BitstringStatusListCredential`;

/**
 * Reads the statements about a document's root from its RDF, which is what was signed. However a statement was spelled
 * (plainly, as a full IRI, in `@nest`, through an alias, in another node with the same id, in another graph), it counts.
 */
export function signedMeaning({ root, quads }: Dataset): SignedMeaning {
  const say = (subject: string | undefined, predicate: string): Quad['object'][] =>
    quads.filter(quad => quad.subject.value === subject && quad.predicate.value === predicate).map(quad => quad.object);
  const values = (subject: string | undefined, predicate: string) => unique(say(subject, predicate).map(o => o.value));
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
      purposes: values(node.value, `${STATUS}statusPurpose`),
      indexes: say(node.value, `${STATUS}statusListIndex`).map(o => ({
        text: o.value,
        numeric: o.datatype?.value === XSD_INTEGER,
      })),
      sizes: values(node.value, `${STATUS}statusSize`),
      listCredentials: values(node.value, `${STATUS}statusListCredential`),
    })),
    lists: subjects.map(node => ({
      types: values(node.value, RDF_TYPE),
      purposes: values(node.value, `${STATUS}statusPurpose`),
      encodedLists: values(node.value, `${STATUS}encodedList`),
    })),
  };
}

const unique = (values: string[]): string[] => [...new Set(values)];
