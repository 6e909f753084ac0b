import { listAchievements } from '../catalogue/index.ts';
import { listForInstitution } from '../credentials/index.ts';
import { listApiKeys, listInvitations, listMembers, mayDo, type Right } from '../institutions/index.ts';
import type { Ctx } from '../platform/context.ts';
import type { Counts } from './pages/console/work.tsx';

const SOON_MS = 14 * 24 * 3_600_000;

/** How much there is in each room that the roles open. */
export async function countWork(ctx: Ctx): Promise<Counts> {
  const may = (right: Right) => mayDo(ctx.actor, right, { whole: true });
  const counts: Counts = {};
  if (may('member.read')) counts.members = (await listMembers(ctx, { limit: 1000 })).items.length;
  if (may('member.invite')) counts.invitations = (await listInvitations(ctx)).length;
  if (may('api-key.read')) {
    const now = ctx.now.getTime();
    const ends = (at: string | null) => (at ? Date.parse(at) : Number.POSITIVE_INFINITY);
    const working = (await listApiKeys(ctx.deps, ctx.institution, ctx.actor)).filter(
      k => !k.revokedAt && ends(k.expiresAt) > now,
    );
    counts.apiKeys = { working: working.length, ending: working.filter(k => ends(k.expiresAt) < now + SOON_MS).length };
  }
  if (mayDo(ctx.actor, 'achievement.read')) {
    const { items } = await listAchievements(ctx, { limit: 1000 });
    counts.achievements = { all: items.length, drafts: items.filter(a => a.draft).length };
  }
  if (may('endorsement.edit'))
    counts.endorsements = (await listForInstitution(ctx)).received.filter(one => !one.acceptedAt).length;
  return counts;
}
