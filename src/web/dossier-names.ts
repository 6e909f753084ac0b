import { listPublished } from '../catalogue/index.ts';
import { type Dossier, namesOfPeople } from '../dossiers/index.ts';
import type { Ctx } from '../platform/context.ts';

/** How learners and achievements of dossiers are called, for a list of them. */
export async function namesAndTitles(ctx: Ctx, dossiers: Dossier[]) {
  const names = await namesOfPeople(ctx.deps, [...new Set(dossiers.map(d => d.state.learner))]);
  const published = await listPublished(ctx.db, ctx.institution.id);
  return { names, titles: new Map(published.map(({ id, content }) => [id, content.name])) };
}
