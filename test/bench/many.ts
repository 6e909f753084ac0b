import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/free-port.ts';

export interface ManyMeasured {
  badges: number;
  issuers: number;
  /** Until the last of the badges was checked. */
  seconds: number;
  /** A single check that was asked for beside it, once every 50 ms, from when it was due. */
  beside: { asked: number; p50: number; p99: number; max: number };
}

const ISSUERS = 10;
const BADGES = 200;
const EVERY_MS = 50;
const KEY = 'a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s';

/**
 * The bundle that people run: 200 badges of ten issuers at once, with their lists read before, and single checks
 * beside.
 */
export async function measureMany(): Promise<ManyMeasured> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-many-'));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const env = {
    ...process.env,
    NODE_ENV: 'test',
    PORT: String(port),
    ORIGIN: origin,
    DATABASE: `file:${join(folder, 'bench.db')}`,
    FILES: `file:${join(folder, 'files')}`,
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'error',
    OPERATOR_KEY: KEY,
  };
  const server = spawn(process.execPath, ['dist/server.js'], { env, stdio: 'ignore' });
  try {
    await ready(origin);
    const ask = askerOf(origin);
    const badges = await issue(ask);
    const batch = () => ask('POST', '/api/v1/verification-batches', { body: { inputs: badges.map(toInput) } });
    const single = () => ask('POST', '/api/v1/verifications', { body: { credential: badges[0] } });
    // One round before, so that code and lists are warm.
    await until(ask, (await batch()).id as string);

    const latencies: number[] = [];
    const start = performance.now();
    const { id } = await batch();
    let busy = true;
    const beside = (async () => {
      const waiting: Promise<unknown>[] = [];
      for (let due = performance.now(); busy; due += EVERY_MS) {
        const wait = due - performance.now();
        if (wait > 0) await new Promise(resolve => setTimeout(resolve, wait));
        const at = due;
        waiting.push(single().then(() => latencies.push(performance.now() - at)));
      }
      await Promise.all(waiting);
    })();
    await until(ask, id as string);
    const seconds = (performance.now() - start) / 1000;
    busy = false;
    await beside;
    latencies.sort((a, b) => a - b);
    const at = (q: number) => latencies[Math.min(latencies.length - 1, Math.floor(q * latencies.length))] ?? 0;
    const told = { asked: latencies.length, p50: at(0.5), p99: at(0.99), max: at(1) };
    return { badges: badges.length, issuers: ISSUERS, seconds, beside: told };
  } finally {
    server.kill('SIGTERM');
    await new Promise(resolve => server.once('exit', resolve));
    rmSync(folder, { recursive: true, force: true });
  }
}

type Ask = (
  method: string,
  path: string,
  sent?: { key?: string; body?: unknown },
) => Promise<Record<string, unknown> & { id?: unknown }>;

const askerOf =
  (origin: string): Ask =>
  async (method, path, { key, body } = {}) => {
    const response = await fetch(new URL(path, origin), {
      method,
      headers: {
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };

const toInput = (credential: unknown, i: number) => ({ name: `badge ${i + 1}`, credential });

/** Badges of ten institutions, as many of each. */
async function issue(ask: Ask): Promise<unknown[]> {
  const sample = JSON.parse(readFileSync('src/demo/validated-outcomes.json', 'utf8')) as { achievement: object };
  const badges: unknown[] = [];
  for (let i = 0; i < ISSUERS; i++) {
    const slug = `bench-${i}`;
    const address = { countryCode: 'NL' };
    await ask('POST', '/api/v1/institutions', { key: KEY, body: { slug, name: `Bench ${i}`, kind: 'mbo', address } });
    const keyFor = async (role: string) =>
      (await ask('POST', `/api/v1/institutions/${slug}/api-keys`, { key: KEY, body: { role } })).key as string;
    const [coordinator, awarder] = [await keyFor('coordinator'), await keyFor('awarder')];
    const imported = await ask('POST', '/api/v1/achievement-imports', {
      key: coordinator,
      body: { ...sample.achievement, type: 'Badge' },
    });
    await ask('POST', `/api/v1/achievements/${imported.id as string}/publication`, { key: coordinator, body: {} });
    for (let n = 0; n < BADGES / ISSUERS; n++) {
      const made = await ask('POST', '/api/v1/awards', {
        key: awarder,
        body: {
          achievement: imported.id,
          recipient: { email: `b${n}@example.org`, name: `Sam ${n}` },
          decision: { basis: 'assessment', decidedBy: 'E', decidedOn: '2026-11-01' },
        },
      });
      badges.push(await ask('GET', new URL(made.credential as string).pathname, { key: awarder }));
    }
  }
  return badges;
}

async function until(ask: Ask, id: string): Promise<void> {
  for (;;) {
    const { state, counts } = await ask('GET', `/api/v1/verification-batches/${id}`);
    if (state === 'checking') {
      await new Promise(resolve => setTimeout(resolve, 100));
      continue;
    }
    if ((counts as { valid: number }).valid !== BADGES) throw new Error(`not all are valid: ${JSON.stringify(counts)}`);
    return;
  }
}

async function ready(origin: string): Promise<void> {
  for (let i = 0; i < 800; i++) {
    const up = await fetch(`${origin}/readyz`).then(
      answer => answer.ok,
      () => false,
    );
    if (up) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error('the service was not ready');
}
