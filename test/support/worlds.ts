import type { openDatabase } from '../../src/platform/database-node.ts';
import type { worldOn } from './world.ts';

export type NodeWorld = ReturnType<typeof worldOn<ReturnType<typeof openDatabase>>> & {
  ownClock?: boolean;
  /** Set where a test made bad badges on purpose. */
  spoiled?: boolean;
};

/** Every world of the test file that runs now. */
export const worlds: NodeWorld[] = [];
