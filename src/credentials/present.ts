import type { Deps } from '../platform/context.ts';
import type { Answer } from '../platform/idempotency.ts';
import type { AwardSummary } from './read.ts';

/** An award as the API shows it: two absolute addresses, and nothing about the person. */
export const presentAward = (deps: Deps, award: AwardSummary) => ({
  id: award.id,
  state: award.state,
  credential: `${deps.config.origin}/api/v1/awards/${award.id}/credential`,
  claim: award.claimToken ? `${deps.config.origin}/claim/${award.claimToken}` : null,
});

export const answerWith =
  (deps: Deps, status: number) =>
  (award: AwardSummary): Answer => ({
    status,
    body: JSON.stringify(presentAward(deps, award)),
  });
