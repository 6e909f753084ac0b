import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createWorld } from '../support/create-world.ts';
import { rogueProvider } from '../support/rogue-provider.ts';
import { loginAt } from '../support/sign-in.ts';

export interface LoginCost {
  logins: number;
  /** Milliseconds of a whole login, and of it without the waits for the provider. */
  total: { p50: number; p99: number };
  own: { p50: number; p99: number };
  /** The longest that nothing else could run. */
  blocked: number;
}

/**
 * What a login costs the service itself: from the first request to the session, on a database in a file, less the time
 * in which it waits for the provider. One after another, so that nobody's wait is counted as somebody's work.
 */
export async function measureLogin(logins = 300): Promise<LoginCost> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-login-'));
  const provider = await rogueProvider();
  let waited = 0;
  const providerFetch: typeof fetch = async (input, init) => {
    const start = performance.now();
    const answer = await provider.fetch(input, init);
    waited += performance.now() - start;
    return answer;
  };
  const world = createWorld({ file: join(folder, 'login.db'), providers: [provider.config], providerFetch });
  const login = async () => {
    provider.person.eduid = crypto.randomUUID();
    waited = 0;
    const start = performance.now();
    const { response } = await loginAt(world, provider);
    const total = performance.now() - start;
    if (response.status !== 303) throw new Error(`a login was answered with ${response.status}`);
    return { total, own: total - waited };
  };
  try {
    for (let i = 0; i < 30; i++) await login();
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const times: Awaited<ReturnType<typeof login>>[] = [];
    for (let i = 0; i < logins; i++) times.push(await login());
    delay.disable();
    const quantiles = (of: 'total' | 'own') => {
      const sorted = times.map(time => time[of]).sort((a, b) => a - b);
      return { p50: sorted[Math.floor(logins * 0.5)]!, p99: sorted[Math.floor(logins * 0.99)]! };
    };
    return { logins, total: quantiles('total'), own: quantiles('own'), blocked: delay.max / 1e6 };
  } finally {
    world.db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
