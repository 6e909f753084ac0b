import { createWorld } from '../support/create-world.ts';
import type { Case } from './cases.ts';
import { OWN } from './inputs.ts';
import { type Judged, judge, type Send } from './judge.ts';

/** A service on Node in the network of all the cases. */
export function nodeSender(network: Map<string, Uint8Array | string>): Send {
  const { request } = createWorld({ origin: OWN, network });
  return async (path, init) => request(path, { method: 'POST', ...init });
}

export async function judgeAll(cases: Case[], send: Send): Promise<(Judged | undefined)[]> {
  const judged: (Judged | undefined)[] = [];
  for (const { handed } of cases) judged.push(handed && (await judge(send, handed)));
  return judged;
}
