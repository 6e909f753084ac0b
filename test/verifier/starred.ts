// The inputs that the reference libraries accept with their defaults, or die of: each a row of the threat table with a
// star. All of them have to be refused here, and so do the ways around a rule that stops only one spelling.
import { OB_CONTEXT, VC2_CONTEXT } from '../../src/vc/contexts.ts';
import { badge, type Json, signAny } from '../support/badges.ts';
import { DID, DID_URL, entry, issuerDocument, LIST_URL, type world } from '../support/check-world.ts';

export type World = Awaited<ReturnType<typeof world>>;
/** `expected`: the verdict and the code, or the code alone when it is refused before it is judged. */
export type Starred = { row: string; what: string; expected: string; make: (world: World) => Promise<unknown> };

const CRED = 'https://www.w3.org/2018/credentials#';
const XSD_DATE = 'http://www.w3.org/2001/XMLSchema#dateTime';
const PAST = '2020-01-01T00:00:00Z';
const OTHER_LIST = 'https://linde.example/status/2';

/** A badge that has ended and that a list says is revoked, as its issuer signed it. */
async function spent(w: World): Promise<Json> {
  w.answers[LIST_URL] = await w.list({ set: [5] });
  return w.issue({ validUntil: '2026-10-15T00:00:00Z', credentialStatus: entry() });
}

/** Takes the end and the status from where they are read, and says them elsewhere; the signature stays as it was. */
const hidden = (hide: (said: Json, id: unknown) => Json) => async (w: World) => {
  const { validUntil, credentialStatus, ...rest } = await spent(w);
  return { ...rest, ...hide({ validUntil, credentialStatus }, rest.id) };
};

const withKey = (key: Json) => async (w: World) => {
  w.answers[DID_URL] = issuerDocument(w.signer, key);
  return w.issue();
};

const withIndex = (statusListIndex: unknown) => async (w: World) => {
  w.answers[LIST_URL] = await w.list();
  return w.issue({ credentialStatus: entry({ statusListIndex }) });
};

const bomb = (contexts: number, terms: number) => async (w: World) => {
  const inline = Array.from({ length: contexts }, (_, c) =>
    Object.fromEntries(Array.from({ length: terms }, (_, t) => [`term${c}x${t}`, `urn:term:${c}:${t}`])),
  );
  return { ...(await w.issue()), '@context': [VC2_CONTEXT, OB_CONTEXT, ...inline] };
};

/** 512 MiB of zeros: gzip members of what one MiB of them packs to would not do, so it is one stream. */
async function zeros(mebibytes: number): Promise<string> {
  const block = new Uint8Array(1 << 20);
  let left = mebibytes;
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: controller => (left-- > 0 ? controller.enqueue(block) : controller.close()),
  });
  const packed = await new Response(source.pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
  let text = '';
  for (const byte of new Uint8Array(packed)) text += String.fromCharCode(byte);
  return `u${btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

const withList = (list: (w: World) => Promise<unknown>) => async (w: World) => {
  w.answers[LIST_URL] = await list(w);
  return w.issue({ credentialStatus: entry() });
};

const typed = (said: Json): Json => ({
  [`${CRED}validUntil`]: { '@type': XSD_DATE, '@value': said.validUntil },
  [`${CRED}credentialStatus`]: said.credentialStatus,
});

export const starred: Starred[] = [
  {
    row: 'V6',
    what: 'a proof that has expired',
    expected: 'invalid proof-expired',
    make: w => w.issue({}, { proof: { expires: PAST } }),
  },
  {
    row: 'V6',
    what: 'a proof from the future',
    expected: 'invalid proof-from-future',
    make: w => w.issue({}, { created: new Date('2099-01-01T00:00:00Z') }),
  },
  { row: 'V7', what: 'a key that was revoked', expected: 'invalid key-revoked', make: withKey({ revoked: PAST }) },
  { row: 'V7', what: 'a key that has expired', expected: 'invalid key-expired', make: withKey({ expires: PAST }) },
  {
    row: 'V8',
    what: 'a good proof beside a broken one',
    expected: 'invalid signature-invalid',
    make: async w => {
      const [one, other] = [await w.issue(), await w.issue({ name: 'Een andere badge' })];
      return { ...one, proof: [one.proof, other.proof].flat() };
    },
  },
  {
    row: 'V8b',
    what: 'a proof that follows one that is not there',
    expected: 'invalid previous-proof-missing',
    make: w => w.issue({}, { proof: { previousProof: 'urn:uuid:nope' } }),
  },
  {
    row: 'V9',
    what: 'an end and a status under full IRIs',
    expected: 'invalid keyword-not-allowed',
    make: hidden(typed),
  },
  {
    row: 'V10',
    what: 'an end and a status in @nest',
    expected: 'invalid keyword-not-allowed',
    make: hidden(said => ({ '@nest': said })),
  },
  {
    row: 'V10',
    what: 'an end and a status in a list of @nest',
    expected: 'invalid keyword-not-allowed',
    make: hidden(({ validUntil, credentialStatus }) => ({ '@nest': [{ validUntil }, { credentialStatus }] })),
  },
  {
    row: 'V11',
    what: 'a status under an alias of its own context',
    expected: 'invalid context-not-allowed',
    make: async w => {
      w.answers[LIST_URL] = await w.list({ set: [5] });
      const own = { st: { '@id': `${CRED}credentialStatus`, '@type': '@id' } };
      return w.issue({ '@context': [VC2_CONTEXT, OB_CONTEXT, own], st: entry() });
    },
  },
  {
    row: 'V14',
    what: 'a note that is not signed',
    expected: 'invalid keyword-not-allowed',
    make: async w => {
      const signed = await w.issue();
      return { ...signed, credentialSubject: { ...(signed.credentialSubject as Json), '@index': '<script>' } };
    },
  },
  { row: 'V20', what: '400 contexts of 5 terms', expected: 'limit-broken', make: bomb(400, 5) },
  { row: 'V20', what: '1,000 contexts of 50 terms', expected: 'limit-broken', make: bomb(1_000, 50) },
  {
    row: 'S1',
    what: 'a bit that is set',
    expected: 'invalid revoked',
    make: withList(w => w.list({ set: [5] })),
  },
  {
    row: 'S4',
    what: 'another list of the same issuer',
    expected: 'indeterminate status-list-invalid',
    make: withList(w => w.list({ changes: { id: OTHER_LIST } })),
  },
  {
    row: 'S5',
    what: 'an index that only a loose reader reads',
    expected: 'indeterminate status-entry-malformed',
    make: withIndex('94567abc'),
  },
  {
    row: 'S6',
    what: 'a list of 8 entries',
    expected: 'indeterminate status-list-too-short',
    make: withList(w => w.list({ bits: new Uint8Array(1) })),
  },
  {
    row: 'S7',
    what: 'a list that unpacks to 512 MiB',
    expected: 'indeterminate status-list-malformed',
    make: withList(async w => w.list({ subject: { encodedList: await zeros(512) } })),
  },
];

const scoped = (alias: Json) => ({ OpenBadgeCredential: { '@id': 'urn:x', '@context': alias } });
const inContext = (own: unknown, more: Json) => hidden(() => ({ '@context': [VC2_CONTEXT, OB_CONTEXT, own], ...more }));

/** Other ways to say the same thing where it is not looked for; each has to end as `invalid`. */
export const variants: Omit<Starred, 'expected'>[] = [
  { row: 'V6', what: 'an expiry of the proof under its full IRI', make: hiddenInProof },
  {
    row: 'V8',
    what: 'a stranger’s good proof of another document beside a good one',
    make: async w => {
      const [one, other] = [await w.issue(), await signAny(badge(w.stranger.controller), w.stranger)];
      return { ...one, proof: [one.proof, other.proof].flat() };
    },
  },
  {
    row: 'V8b',
    what: 'two proofs that follow each other',
    make: async w => {
      const [a, b] = [
        await w.issue({}, { proof: { id: 'urn:uuid:a', previousProof: 'urn:uuid:b' } }),
        await w.issue({}, { proof: { id: 'urn:uuid:b', previousProof: 'urn:uuid:a' } }),
      ];
      return { ...a, proof: [a.proof, b.proof].flat() };
    },
  },
  { row: 'V9', what: 'compact IRIs', make: hidden(s => ({ 'cred:validUntil': s.validUntil })) },
  { row: 'V9', what: 'full IRIs in another node', make: elsewhere('evidence', s => typed(s)) },
  { row: 'V9', what: 'an untyped full IRI in another node', make: signedElsewhere('evidence') },
  { row: 'V9', what: 'an untyped full IRI in another graph', make: signedElsewhere('endorsement') },
  { row: 'V10', what: '@nest in @nest', make: hidden(said => ({ '@nest': { '@nest': said } })) },
  { row: 'V10', what: '@included', make: hidden((said, id) => ({ '@included': [{ id, ...said }] })) },
  { row: 'V10', what: '@included in another node', make: elsewhere('evidence', s => ({ '@included': [s] })) },
  { row: 'V10', what: '@graph', make: hidden((said, id) => ({ '@graph': [{ id, ...said }] })) },
  { row: 'V10', what: '@graph in another node', make: elsewhere('evidence', s => ({ '@graph': [s] })) },
  {
    row: 'V10',
    what: '@reverse',
    make: async w => {
      const { validUntil, credentialStatus, credentialSubject, ...rest } = await spent(w);
      const back = { '@reverse': { credentialSubject: { id: rest.id, validUntil, credentialStatus } } };
      return { ...rest, credentialSubject: { ...(credentialSubject as Json), ...back } };
    },
  },
  { row: 'V10', what: '@set', make: hidden(s => ({ [`${CRED}validUntil`]: { '@set': [s.validUntil] } })) },
  { row: 'V10', what: '@list', make: hidden(s => ({ credentialStatus: { '@list': [s.credentialStatus] } })) },
  { row: 'V10', what: '@type for type', make: hidden(s => ({ '@type': ['VerifiableCredential'], ...s })) },
  { row: 'V11', what: 'an alias of @nest', make: inContext({ at: '@nest' }, { at: { validUntil: PAST } }) },
  {
    row: 'V11',
    what: 'an alias in the context of a type',
    make: inContext(scoped({ until: { '@id': `${CRED}validUntil`, '@type': XSD_DATE } }), { until: PAST }),
  },
  {
    row: 'V11',
    what: 'an alias in the context of a property',
    make: inContext({ evidence: { '@id': `${CRED}evidence`, '@context': { at: '@included' } } }, {}),
  },
  {
    row: 'V11',
    what: 'a context within a node',
    make: elsewhere('evidence', s => ({ '@context': { until: `${CRED}validUntil` }, until: s.validUntil })),
  },
  { row: 'V14', what: 'a member that is null', make: async w => ({ ...(await w.issue()), grade: null }) },
  { row: 'V20', what: 'one known context 3,000 times', make: repeatedContext },
];

async function hiddenInProof(w: World): Promise<Json> {
  const signed = await w.issue({}, { proof: { expires: PAST } });
  const { expires, ...proof } = [signed.proof].flat()[0] as Json;
  return { ...signed, proof: { ...proof, 'https://w3id.org/security#expiration': expires } };
}

async function repeatedContext(w: World): Promise<Json> {
  return { ...(await w.issue()), '@context': [VC2_CONTEXT, ...Array<string>(3_000).fill(OB_CONTEXT)] };
}

/** Moves the end and the status to another node that has the badge's id. */
function elsewhere(member: string, say: (said: Json) => Json) {
  return hidden((said, id) => ({ [member]: [{ id, type: ['Evidence'], ...say({ id, ...said }) }] }));
}

/** The issuer itself said the end of the badge in another node, or in another graph. */
function signedElsewhere(member: 'evidence' | 'endorsement') {
  const type = member === 'evidence' ? ['Evidence'] : ['VerifiableCredential', 'EndorsementCredential'];
  return (w: World) => w.issue({ [member]: [{ id: badge(DID).id, type, [`${CRED}validUntil`]: PAST }] });
}

/** Places that only a loose reader finds in the list. */
export const looseIndexes = ['9.4567e4', ' 5', '-1', '0x5', '05', '5.0', '+5', '', '٥'];
/** Places that are not in the list, or that no list has. */
export const farIndexes = ['131072', '9007199254740992', '99999999999999999999'];

export const makeIndex = withIndex;
