import type { View } from '../view.ts';

/** The one answer to asking for a new link, whether there is an offer behind the old one or not. */
export function LinkSentPage({ view }: { view: View }) {
  const { claim } = view.t.people.badges;
  return (
    <section aria-labelledby="title">
      <h1 id="title">{claim.sentTitle}</h1>
      <p class="lead">{claim.sent}</p>
      <p class="note apart">{claim.sentHint}</p>
    </section>
  );
}
