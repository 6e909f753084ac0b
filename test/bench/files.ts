import { bytesOf, claimBadge } from '../support/claimed.ts';
import { createWorld } from '../support/create-world.ts';
import { createOffers } from '../support/offers.ts';

export interface FileCost {
  what: string;
  p50: number;
  p99: number;
}

/**
 * Milliseconds from a request to the whole file: the badge on paper, and its picture with the badge inside, one at a
 * time.
 */
export async function measureFiles(times = 100): Promise<FileCost[]> {
  const world = createWorld();
  const { token } = await claimBadge(world, await createOffers(world), 'Zoë Łukasiewicz-Ødegård');
  const measure = async (what: string, kind: string): Promise<FileCost> => {
    const took: number[] = [];
    for (let i = 0; i < times + 20; i++) {
      const start = performance.now();
      const response = await world.request(`/c/${token}.${kind}`);
      await bytesOf(response);
      if (response.status !== 200) throw new Error(`a file was answered with ${response.status}`);
      if (i >= 20) took.push(performance.now() - start);
    }
    took.sort((a, b) => a - b);
    return { what, p50: took[Math.floor(times * 0.5)]!, p99: took[Math.floor(times * 0.99)]! };
  };
  try {
    return [await measure('a PDF', 'pdf'), await measure('a PNG with the badge inside', 'png')];
  } finally {
    world.db.close();
  }
}
