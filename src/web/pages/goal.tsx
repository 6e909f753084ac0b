import { type AchievementContent, goalPath } from '../../catalogue/index.ts';
import type { Institution } from '../../institutions/index.ts';
import type { View } from '../view.ts';
import { foreign } from './badge-facts.tsx';

interface GoalProps {
  view: View;
  institution: Institution;
  id: string;
  content: AchievementContent;
}

/** Keeps an achievement as a goal of one’s own, with a login; without one there is another way to begin. */
export function GoalPage({ view, institution, id, content }: GoalProps) {
  const t = view.t.shop.goalPage;
  const at = `/i/${institution.slug}/achievements/${id}`;
  return (
    <>
      <h1>{t.title}</h1>
      <p class="lead">
        <a href={at} lang={foreign(content.language, view)}>
          {content.name}
        </a>
        , {institution.profile.name}
      </p>
      <p>{t.lead}</p>
      <form method="post" action={goalPath(institution.slug, id)}>
        <p class="actions">
          <button class="button" type="submit">
            {view.signedIn ? t.keep : t.signIn}
          </button>
          {!view.signedIn && <a href="/begin">{t.without}</a>}
        </p>
      </form>
      <p class="note">{t.note}</p>
    </>
  );
}
