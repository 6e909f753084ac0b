import type { AchievementContent } from '../catalogue/index.ts';
import { readPolicy } from '../institutions/index.ts';
import type { Ctx } from '../platform/context.ts';

/** Awards that are made together. */
export interface Batch {
  id: string;
  /** How many they are. */
  size: number;
}

/** Why an award waits before anything of it leaves the house. */
export interface Hold {
  /** When it is released by itself; null: when a second person does it. */
  releaseAt: string | null;
  batch: string | null;
}

/**
 * Whether an award is held (domain.md, *held*): a large batch until a second awarder releases it, any other for as long
 * as its achievement lets it be undone.
 */
export async function holdOf(ctx: Ctx, content: AchievementContent, batch?: Batch): Promise<Hold | undefined> {
  const above = batch ? (await readPolicy(ctx)).releaseBatchAbove : null;
  if (batch && above !== null && batch.size > above) return { releaseAt: null, batch: batch.id };
  if (!content.undoMinutes) return undefined;
  const releaseAt = new Date(ctx.now.getTime() + content.undoMinutes * 60_000).toISOString();
  return { releaseAt, batch: batch?.id ?? null };
}
