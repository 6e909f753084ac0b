import type { BadgeView } from '../badge-view.ts';
import type { View } from '../view.ts';

interface AskHolderProps {
  view: View;
  /** As it was signed. */
  credential: object | null;
  badge: BadgeView;
}

/** From a badge to the question whether its holder shows it; nothing for one that names no id and no issuer. */
export function AskHolder({ view, credential, badge }: AskHolderProps) {
  const { id } = (credential ?? {}) as { id?: unknown };
  if (typeof id !== 'string' || !badge.issuer.id) return null;
  const asked = { badge: id, issuer: badge.issuer.id, ...(badge.title ? { title: badge.title } : {}) };
  return (
    <p class="no-print apart">
      <a href={`/verify/wallet?${new URLSearchParams(asked)}`}>{view.t.ask.exact}</a>{' '}
      <span class="note">{view.t.ask.linkHint}</span>
    </p>
  );
}
