/**
 * Runs public conformance suites against `npm run conformance:serve`, and prints what passed of each and what did not.
 * A suite is a checkout with its packages installed; the name of its folder says which it is.
 * Usage: node scripts/conformance.mjs SUITE_DIR…
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const PORT = 8911;
const root = fileURLToPath(new URL('..', import.meta.url));

/** What a suite looks for: the tags of an implementation, the keys to issue with, a list behind TLS. */
const suites = {
  'vc-di-eddsa-test-suite': { tag: 'eddsa-rdfc-2022', keys: ['eddsa'] },
  'vc-di-ecdsa-test-suite': { tag: 'ecdsa-rdfc-2019', keys: ['p256', 'p384'] },
  'vc-data-model-2.0-test-suite': { tag: 'vc2.0', keys: ['eddsa'], envelopes: 'EnvelopingProof' },
  'vc-bitstring-status-list-test-suite': { tag: 'BitstringStatusList', keys: ['eddsa'], tls: true },
  'vc-api-issuer-test-suite': { tag: 'vc-api', keys: ['eddsa'] },
  'vc-api-verifier-test-suite': { tag: 'vc-api', keys: ['eddsa'] },
};
const CURVES = { p256: ['P-256'], p384: ['P-384'] };

let failures = 0;
for (const argument of process.argv.slice(2)) {
  const folder = resolve(argument);
  const suite = suites[basename(folder)];
  if (!suite) throw new Error(`${basename(folder)} is not a suite that is run here`);
  const server = await serve(suite.tls ? selfSigned() : []);
  try {
    report(folder, run(folder, suite, server.endpoints));
  } finally {
    server.child.kill();
  }
}
process.exitCode = failures === 0 ? 0 : 1;

/** Starts the server, and resolves with what it prints when it is ready. */
function serve(tls) {
  const child = spawn(process.execPath, [join(root, 'dist/conformance.js'), '--port', String(PORT), ...tls], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((ready, fail) => {
    child.once('exit', code => fail(new Error(`the server ended with ${code}`)));
    child.stdout.once('data', line => ready({ child, endpoints: JSON.parse(line) }));
  });
}

/** A certificate for localhost, as options of the server. */
function selfSigned() {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert],
  ]);
  if (made.status !== 0) throw new Error(`openssl: ${made.stderr}`);
  return ['--tls-key', key, '--tls-cert', cert];
}

/** Tells the suite where we are, and runs it. */
function run(folder, { tag, keys, envelopes }, at) {
  const tags = [tag];
  const issuers = keys.map(key => ({
    id: at[key].id,
    endpoint: at[key].issue,
    supportedEcdsaKeyTypes: CURVES[key],
    tags,
  }));
  if (envelopes)
    issuers.push({ id: at.p256.id, endpoint: at.p256.issue, options: { format: 'vc+jwt' }, tags: [envelopes] });
  const verifier = endpoint => ({
    id: at.eddsa.id,
    endpoint,
    supportedEcdsaKeyTypes: keys.flatMap(key => CURVES[key] ?? []),
    tags: [tag, envelopes].filter(Boolean),
  });
  const implementation = {
    name: 'Waarmerk',
    implementation: 'Waarmerk',
    issuers,
    verifiers: [verifier(at.verify)],
    vpVerifiers: [verifier(at.verifyPresentation)],
  };
  const config = { settings: { enableInteropTests: false }, implementations: [implementation] };
  writeFileSync(join(folder, 'localConfig.cjs'), `module.exports = ${JSON.stringify(config, null, 1)};\n`);

  const output = join(mkdtempSync(join(tmpdir(), 'conformance-')), 'result.json');
  const reporter = ['--reporter', 'json', '--reporter-option', `output=${output}`];
  spawnSync('npx', ['mocha', 'tests/', ...reporter, '--timeout', '30000'], {
    cwd: folder,
    env: { ...process.env, APP_ROOT_PATH: folder },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  return JSON.parse(readFileSync(output, 'utf8'));
}

function report(folder, { stats, failures: failed, pending }) {
  const commit = spawnSync('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: folder, encoding: 'utf8' }).stdout.trim();
  console.log(
    `${basename(folder)} ${commit}: ${stats.passes} passed, ${stats.failures} failed, ${pending.length} skipped`,
  );
  for (const { fullTitle, err } of failed) console.log(`  failed: ${fullTitle}\n    ${err.message?.split('\n')[0]}`);
  for (const { fullTitle } of pending) console.log(`  skipped: ${fullTitle}`);
  failures += stats.failures;
}
