import { contexts } from '../../src/vc/contexts.ts';
import type { Json } from '../support/badges.ts';
import type { Random } from './random.ts';

/** Changes a document in place, in a way that may or may not change what it says. */
type Mutation = (document: Json, random: Random) => void;

const CRED = 'https://www.w3.org/2018/credentials#';
const OB = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#';
const SEC = 'https://w3id.org/security#';
const STATUS = 'https://www.w3.org/ns/credentials/status#';
const XSD = 'http://www.w3.org/2001/XMLSchema#';

const KEYWORDS = [
  ...['@nest', '@included', '@graph', '@reverse', '@index', '@type', '@id', '@context', '@vocab', '@base', '@json'],
  ...['@list', '@set', '@none', '@import', '@propagate', '@protected', '@version', '@direction', '@language', '@value'],
];

/** The terms that a verdict or a page rests on, by their full IRIs. */
const IRIS: Record<string, string> = {
  validFrom: `${CRED}validFrom`,
  validUntil: `${CRED}validUntil`,
  issuer: `${CRED}issuer`,
  credentialStatus: `${CRED}credentialStatus`,
  credentialSubject: `${CRED}credentialSubject`,
  evidence: `${CRED}evidence`,
  name: 'https://schema.org/name',
  description: 'https://schema.org/description',
  achievement: `${OB}achievement`,
  narrative: `${OB}narrative`,
  url: 'https://schema.org/url',
  criteria: `${OB}Criteria`,
  statusPurpose: `${STATUS}statusPurpose`,
  statusListIndex: `${STATUS}statusListIndex`,
  statusListCredential: `${STATUS}statusListCredential`,
  encodedList: `${STATUS}encodedList`,
  proof: `${SEC}proof`,
  proofPurpose: `${SEC}proofPurpose`,
  proofValue: `${SEC}proofValue`,
  verificationMethod: `${SEC}verificationMethod`,
  created: 'http://purl.org/dc/terms/created',
  expires: `${SEC}expiration`,
};

const STRANGE = [
  ...[null, true, false, 0, -0, -1, 1.5, 1e21, 5e-324, 9007199254740992, '', ' ', [], {}, [[]], [null], [{}], '@id'],
  ...['_:b0', 'relative', '../up', '#here', '//host/x', 'urn:uuid:1', 'did:key:z6Mk', 'https://a.example/x', 'cred:x'],
  ...['javascript:alert(1)', '<img src=x onerror=alert(1)>', '"><script>alert(1)</script>', '[x](javascript:alert(1))'],
  ...[
    '" onmouseover=alert(1) x="',
    '</title><script>',
    'java\nscript:alert(1)',
    '\u202Eexe',
    'e\u0301',
    '\uFFFF',
    '\u{1F3C5}',
    '\t\n\r',
  ],
  ...['urn:waarmerk-hole:0:', 'urn:waarmerk-hole:1:', 'urn:waarmerk-hole:7:', '\u0001', 'constructor', 'toString'],
  ...[
    { '@value': 'x' },
    { '@id': 'urn:x' },
    { '@list': ['x'] },
    { '@set': ['x'] },
    { '@value': null },
    { id: 'urn:x' },
  ],
];

const DATES = [
  ...['2026-02-30T00:00:00Z', '2026-10-01T00:00:00', '2026-10-01', '2016-12-31T23:59:60Z', '+10000-01-01T00:00:00Z'],
  ...['2026-10-01t00:00:00z', '2026-10-01T24:00:00Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999+14:00', ''],
  ...['2020-01-01T00:00:00Z', '2099-01-01T00:00:00Z', '2026-10-01T09:00:00+00:00', '2026-10-01T09:00:00.000Z'],
];

/** Every object in a document, arrays aside, the outermost first. */
function objectsIn(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Json, ...Object.values(value).flatMap(objectsIn)];
}

type Place = { holder: Json; name: string };
const placesIn = (document: Json): Place[] =>
  objectsIn(document).flatMap(holder => Object.keys(holder).map(name => ({ holder, name })));

const anyObject = (document: Json, random: Random): Json => random.pick(objectsIn(document));

/** A member somewhere: as often as not one that matters. */
function anyPlace(document: Json, random: Random): Place {
  const places = placesIn(document);
  const telling = places.filter(({ name }) => name in IRIS || name === 'id' || name === 'type');
  return random.pick(telling.length > 0 && random.below(2) ? telling : places);
}

function rename(holder: Json, from: string, to: string): void {
  const entries = Object.entries(holder).map(([name, value]) => [name === from ? to : name, value]);
  for (const name of Object.keys(holder)) delete holder[name];
  for (const [name, value] of entries as [string, unknown][]) holder[name] = value;
}

const proofsIn = (document: Json): Json[] => [document.proof].flat().filter(p => typeof p === 'object') as Json[];

const idsIn = (document: Json): string[] =>
  objectsIn(document).flatMap(({ id }) => (typeof id === 'string' ? [id] : []));

/** By name, so that a finding can say which ones made it. */
export const mutations: Record<string, Mutation> = {
  drop(document, random) {
    const { holder, name } = anyPlace(document, random);
    delete holder[name];
  },
  move(document, random) {
    const { holder, name } = anyPlace(document, random);
    const value = holder[name];
    delete holder[name];
    anyObject(document, random)[name] = value;
  },
  copy(document, random) {
    const { holder, name } = anyPlace(document, random);
    anyObject(document, random)[name] = structuredClone(holder[name]);
  },
  swap(document, random) {
    const [a, b] = [anyPlace(document, random), anyPlace(document, random)];
    const value = structuredClone(a.holder[a.name]);
    a.holder[a.name] = structuredClone(b.holder[b.name]);
    b.holder[b.name] = value;
  },
  rename(document, random) {
    const { holder, name } = anyPlace(document, random);
    rename(holder, name, random.pick([...Object.keys(IRIS), ...KEYWORDS, name.toUpperCase(), `${name} `, '']));
  },
  strange(document, random) {
    const { holder, name } = anyPlace(document, random);
    holder[name] = structuredClone(random.pick(STRANGE));
  },
  add(document, random) {
    anyObject(document, random)[random.pick([...Object.keys(IRIS), 'constructor', 'grade', ''])] = structuredClone(
      random.pick(STRANGE),
    );
  },
  date(document, random) {
    const place = random.pick(placesIn(document).filter(({ name }) => /^(valid|created|expires)/.test(name)));
    if (place) place.holder[place.name] = random.pick(DATES);
  },
  text(document, random) {
    const place = random.pick(placesIn(document).filter(({ holder, name }) => typeof holder[name] === 'string'));
    if (!place) return;
    const text = String(place.holder[place.name]);
    const at = random.below(text.length + 1);
    const change = random.pick(['', ' ', '\u200B', 'z', text, '#', ':', '/', '%41', '\u0130']);
    place.holder[place.name] = text.slice(0, at) + change + text.slice(at + random.below(2));
  },
  wrap(document, random) {
    const { holder, name } = anyPlace(document, random);
    const value = holder[name];
    holder[name] = random.pick([[value], [[value]], [value, value], { '@set': [value] }, { '@list': [value] }]);
  },
  unwrap(document, random) {
    const place = random.pick(placesIn(document).filter(({ holder, name }) => Array.isArray(holder[name])));
    if (place) place.holder[place.name] = random.pick(place.holder[place.name] as unknown[]);
  },
  items(document, random) {
    const place = random.pick(placesIn(document).filter(({ holder, name }) => Array.isArray(holder[name])));
    if (!place) return;
    const items = place.holder[place.name] as unknown[];
    const other = random.pick([[...items].reverse(), [...items, ...structuredClone(items)], items.slice(1), [items]]);
    place.holder[place.name] = other;
  },
  order(document, random) {
    const holder = anyObject(document, random);
    const names = Object.keys(holder).sort(() => random.next() - 0.5);
    for (const name of names) {
      const value = holder[name];
      delete holder[name];
      holder[name] = value;
    }
  },
  literal(document, random) {
    const place = random.pick(placesIn(document).filter(({ holder, name }) => typeof holder[name] === 'string'));
    if (!place) return;
    const value = place.holder[place.name];
    place.holder[place.name] = random.pick([
      { '@value': value },
      { '@value': value, '@language': 'nl' },
      { '@value': value, '@type': `${XSD}dateTime` },
      { '@value': value, '@type': '@json' },
      { '@value': value, '@direction': 'rtl' },
      { '@id': value },
      { nl: value },
    ]);
  },
  hole(document, random) {
    const texts = placesIn(document).filter(({ holder, name }) => typeof holder[name] === 'string');
    const place = random.pick(texts);
    if (!place) return;
    const mark = `urn:waarmerk-hole:${random.below(texts.length)}:`;
    place.holder[place.name] = random.pick([mark, { '@value': mark }, { '@value': mark, '@language': 'nl' }]);
  },
  keyword(document, random) {
    const holder = anyObject(document, random);
    const node = { id: random.pick(idsIn(document)), validUntil: random.pick(DATES) };
    holder[random.pick(KEYWORDS)] = random.pick<unknown>([
      ...STRANGE,
      ...contexts.keys(),
      node,
      [node],
      { name: node },
    ]);
  },
  hide(document, random) {
    const { holder, name } = anyPlace(document, random);
    const hidden = { [name]: holder[name] };
    delete holder[name];
    const node = { id: random.pick(idsIn(document)), ...hidden };
    const [key, value] = random.pick<[string, unknown]>([
      ['@nest', hidden],
      ['@nest', [hidden]],
      ['@included', [node]],
      ['@graph', [node]],
      ['@reverse', { credentialSubject: node }],
      ['evidence', [{ type: ['Evidence'], ...node }]],
      ['termsOfUse', node],
    ]);
    random.pick([holder, document])[key] = value;
  },
  iri(document, random) {
    const place = random.pick(placesIn(document).filter(({ name }) => name in IRIS));
    if (!place) return;
    const { holder, name } = place;
    const value = holder[name];
    if (random.below(2) && typeof value === 'string') {
      const type = random.pick([`${XSD}dateTime`, '@id', '@vocab', `${XSD}string`]);
      holder[name] = type.startsWith('@') ? { id: value } : { '@type': type, '@value': value };
    }
    rename(holder, name, random.pick([IRIS[name]!, `cred:${name}`, `schema:${name}`, `xsd:${name}`, `./${name}`]));
  },
  alias(document, random) {
    const holder = anyObject(document, random);
    const from = random.pick(['id', 'type', '@id', '@type']);
    if (from in holder) rename(holder, from, from.startsWith('@') ? from.slice(1) : `@${from}`);
  },
  share(document, random) {
    anyObject(document, random).id = random.pick([...idsIn(document), '_:b0', '_:c14n0']);
  },
  context(document, random) {
    const list = [document['@context']].flat();
    const url = random.pick([...contexts.keys(), 'https://www.w3.org/ns/credentials/undefined-terms/v2']);
    const inline = {
      until: { '@id': `${CRED}validUntil`, '@type': `${XSD}dateTime` },
      at: '@nest',
      OpenBadgeCredential: { '@id': `${OB}OpenBadgeCredential`, '@context': { name: `${CRED}validUntil` } },
    };
    document['@context'] = random.pick<unknown>([
      [...list].reverse(),
      [...list, url],
      [url, ...list],
      list.slice(1),
      [...list, ...list],
      [...list, inline],
      [...list, { '@vocab': 'urn:x:' }],
      [...list, null],
      list[0],
      [list],
    ]);
  },
  status(document, random) {
    const entry = random.pick([document.credentialStatus].flat().filter(s => typeof s === 'object')) as Json;
    if (!entry) return;
    entry[random.pick(['statusListIndex', 'statusPurpose', 'statusListCredential', 'type', 'id', 'statusSize'])] =
      random.pick(['6', '05', ' 5', '5.0', '0x5', '1e5', '131072', '-1', 5, 'suspension', 'message', '1', 2, null]);
  },
  secondStatus(document, random) {
    const entries = [document.credentialStatus].flat().filter(Boolean) as Json[];
    const other = { ...entries[0], id: random.pick(['urn:x:status', ...idsIn(document)]), statusListIndex: '9' };
    document.credentialStatus = random.below(2) ? [...entries, other] : [other, ...entries];
  },
  proof(document, random) {
    const proof = random.pick(proofsIn(document));
    if (!proof) return;
    const [name, value] = random.pick<[string, unknown]>([
      ['created', random.pick(DATES)],
      ['expires', random.pick(DATES)],
      ['proofPurpose', random.pick(['authentication', `${SEC}assertionMethod`, ['assertionMethod']])],
      ['cryptosuite', random.pick(['eddsa-2022', 'ecdsa-rdfc-2019', ['eddsa-rdfc-2022'], ''])],
      ['type', random.pick(['Ed25519Signature2020', ['DataIntegrityProof'], 'dataintegrityproof'])],
      [
        'verificationMethod',
        random.pick(['did:key:z6Mk', { id: proof.verificationMethod }, [proof.verificationMethod]]),
      ],
      ['previousProof', random.pick(['urn:uuid:nope', proof.id, [], ['x']])],
      ['id', random.pick(['urn:uuid:1', document.id, '_:b0'])],
      ['proofValue', random.pick([`z1${String(proof.proofValue).slice(1)}`, `u${proof.proofValue}`, 'z', 'z0', 5])],
      ['domain', 'https://a.example'],
      ['nonce', 'n'],
      ['@context', document['@context']],
      ['validUntil', random.pick(DATES)],
    ]);
    proof[name] = value;
  },
  proofs(document, random) {
    const proofs = proofsIn(document);
    const [first] = proofs;
    if (!first) return;
    document.proof = random.pick<unknown>([
      first,
      [first],
      [first, structuredClone(first)],
      [first, { ...first, proofValue: `${first.proofValue}1` }],
      [first, { ...first, created: random.pick(DATES) }],
      [[first]],
      { '@graph': [first] },
      [],
      null,
      [null, first],
      { ...first, proof: first },
      Array(4).fill(first),
    ]);
  },
};
