import { OB_CONTEXT, VC2_CONTEXT } from '../../src/vc/contexts.ts';
import { badge, type Json, keySigner, signAny } from '../support/badges.ts';
import { createWorld } from '../support/create-world.ts';

/** Inputs that were made to cost much. By name, since they cost differently. */
export async function poisons(): Promise<Record<string, string>> {
  const signer = await keySigner(41);
  const good = await signAny(badge(signer.controller), signer);
  const body = (changes: Json) => JSON.stringify({ credential: { ...good, ...changes } });
  const inline = Array.from({ length: 1_000 }, (_, c) =>
    Object.fromEntries(Array.from({ length: 20 }, (_, t) => [`term${c}x${t}`, `urn:term:${c}:${t}`])),
  );
  const ids = Array.from({ length: 9 }, (_, i) => `_:n${i}`);
  const clique = ids.map(id => ({
    id,
    type: ['Evidence'],
    'https://schema.org/knows': ids.filter(other => other !== id).map(other => ({ id: other })),
  }));
  return {
    'V20 contexts of its own': body({ '@context': [VC2_CONTEXT, OB_CONTEXT, ...inline] }),
    'V20 a context again and again': body({ '@context': [VC2_CONTEXT, ...Array<string>(3_000).fill(OB_CONTEXT)] }),
    'V21 a clique': body({ evidence: clique }),
    'V22 over 500 nodes': body({ evidence: Array.from({ length: 4_000 }, (_, i) => ({ id: `urn:x:${i}` })) }),
    'V22 almost 500 nodes': body({
      evidence: Array.from({ length: 490 }, (_, i) => ({ type: ['Evidence'], name: `n${i}` })),
    }),
    'V23 100,000 levels': `{"credential":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    'V25 a key given twice': body({}).replace('"id":', '"id":"urn:x","id":'),
  };
}

export type Load = { seconds: number; goodPerSecond: number; poisonPerSecond: number };
export type Figures = {
  good: number;
  bad: number;
  p50: number;
  p99: number;
  max: number;
  poison: Record<string, number>;
};

/**
 * Checks good badges at a fixed rate with poison among them, in one process that makes the load too. Milliseconds are
 * counted from when a check was due, not from when there was time for it. `poison` holds the longest answer of each.
 */
export async function loadWithPoison({ seconds, goodPerSecond, poisonPerSecond }: Load, names?: string[]) {
  const world = createWorld();
  const signer = await keySigner(42);
  const signed = await signAny(badge(signer.controller), signer);
  const post = (body: string) =>
    world.request('/api/v1/verifications', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const goodBody = JSON.stringify({ credential: signed });
  const all = Object.entries(await poisons()).filter(([name]) => names?.includes(name) ?? true);
  for (let i = 0; i < 20; i++) await post(goodBody);

  const figures: Figures = { good: 0, bad: 0, p50: 0, p99: 0, max: 0, poison: {} };
  const waits: number[] = [];
  const pending: Promise<void>[] = [];
  const good = async (due: number) => {
    const answer = (await (await post(goodBody)).json()) as { verdict: string };
    waits.push(performance.now() - due);
    if (answer.verdict === 'valid') figures.good++;
    else figures.bad++;
  };
  const poison = async ([name, body]: [string, string]) => {
    const from = performance.now();
    const { status } = await post(body);
    if (status >= 500) figures.bad++;
    figures.poison[name] = Math.max(figures.poison[name] ?? 0, Math.round(performance.now() - from));
  };

  const start = performance.now();
  let [sent, poisoned] = [0, 0];
  for (let now = 0; now < seconds * 1_000; now = performance.now() - start) {
    for (; sent < (now / 1_000) * goodPerSecond; sent++) pending.push(good(start + (sent * 1_000) / goodPerSecond));
    for (; poisoned < (now / 1_000) * poisonPerSecond; poisoned++) pending.push(poison(all[poisoned % all.length]!));
    await new Promise(resolve => setTimeout(resolve, 1));
  }
  await Promise.all(pending);
  waits.sort((a, b) => a - b);
  const quantile = (q: number) => Math.round(waits[Math.min(waits.length - 1, Math.floor(q * waits.length))] ?? 0);
  return { ...figures, p50: quantile(0.5), p99: quantile(0.99), max: quantile(1) };
}
