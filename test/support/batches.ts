import type { createWorld } from './create-world.ts';

/** Asks until all are done. */
export async function settled(world: ReturnType<typeof createWorld>, id: string) {
  for (;;) {
    const answer = await world.api(`/api/v1/verification-batches/${id}`);
    if (answer.json.state !== 'checking') return answer;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
