import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { offerBadge } from '../../src/wallets/index.ts';
import { createCopies } from '../support/copies.ts';
import { createWorld } from '../support/create-world.ts';
import { freePort } from '../support/free-port.ts';
import { walletKey, walletOn } from '../support/wallet.ts';

export interface WalletCost {
  what: string;
  asked: number;
  served: number;
  errors: number;
  p50: number;
  p99: number;
  max: number;
  /** Processor time for one delivery, of the wallet too, in milliseconds: it does not tell who else is busy. */
  cpu: number;
}

/** What the issue promises: whole deliveries in a second, and how long the slowest but one in a hundred takes. */
export const WALLETS = { perSecond: 50, p99: 250 };

/**
 * Whole deliveries by OpenID4VCI over HTTP, each of a badge of its own to a key of its own: token, nonce, a proof with
 * ES256, credential. On a database in a file, under an open-loop load; the wallets sign in this very process, which is
 * counted against the service.
 */
export async function measureWallets(seconds: number): Promise<WalletCost[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-wallets-'));
  const port = await freePort();
  const world = createWorld({ file: join(folder, 'wallets.db'), origin: `http://localhost:${port}` });
  const server = serve({ fetch: world.app.fetch, port });
  const wallet = walletOn({ request: (url, init) => fetch(url, init) });
  try {
    const school = await createCopies(world);
    const prepare = async () => {
      const awardId = await school.give();
      const offer = await offerBadge(world.deps, { awardId, personId: school.person.id, language: 'nl' });
      return { opened: await wallet.open(offer.link), txCode: offer.txCode, key: await walletKey() };
    };
    const deliver = async ({ opened, txCode, key }: Awaited<ReturnType<typeof prepare>>, configuration: string) => {
      const { access_token } = (await wallet.token(opened, { tx_code: txCode })).json;
      const jwt = [await wallet.proof(opened, key, await wallet.nonce(opened))];
      const body = { credential_configuration_id: configuration, proofs: { jwt } };
      const answer = await wallet.credential(opened, access_token, body);
      if (answer.status !== 200) throw new Error(`a wallet was answered ${answer.status}`);
    };
    const results: WalletCost[] = [];
    for (const configuration of ['badge', 'badge-sd-jwt']) {
      for (let i = 0; i < 10; i++) await deliver(await prepare(), configuration);
      const ready: Awaited<ReturnType<typeof prepare>>[] = [];
      for (let i = 0; i < seconds * WALLETS.perSecond; i++) ready.push(await prepare());
      results.push({ what: configuration, ...(await load(ready, offer => deliver(offer, configuration))) });
    }
    return results;
  } finally {
    server.close();
    world.db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function load<T>(ready: T[], deliver: (offer: T) => Promise<void>) {
  const latencies: number[] = [];
  let errors = 0;
  const before = process.cpuUsage();
  const start = performance.now();
  await Promise.all(
    ready.map(async (offer, i) => {
      const due = start + (i / WALLETS.perSecond) * 1000;
      await new Promise(resolve => setTimeout(resolve, due - performance.now()));
      await deliver(offer).catch(() => void errors++);
      latencies.push(performance.now() - due);
    }),
  );
  const took = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  latencies.sort((a, b) => a - b);
  const at = (q: number) => latencies[Math.min(latencies.length - 1, Math.floor(q * latencies.length))] ?? 0;
  const served = (latencies.length - errors) / took;
  const cpu = (user + system) / 1000 / ready.length;
  return { asked: WALLETS.perSecond, served, errors, p50: at(0.5), p99: at(0.99), max: at(1), cpu };
}
