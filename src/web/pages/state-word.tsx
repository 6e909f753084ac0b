import type { MyBadge } from '../../credentials/index.ts';
import { type Outcome, Sign } from '../signs.tsx';
import type { View } from '../view.ts';

const signs: Record<MyBadge['state'], Outcome> = {
  reserved: 'skipped',
  held: 'skipped',
  released: 'ok',
  claimed: 'ok',
  suspended: 'unknown',
  revoked: 'failed',
  superseded: 'not-applicable',
  expired: 'not-applicable',
};

/** A state by sign and word, never by colour alone. */
export function StateWord({ view, state }: { view: View; state: MyBadge['state'] }) {
  return (
    <span class="state">
      <Sign outcome={signs[state]} /> {view.t.people.badges.states[state]}
    </span>
  );
}
