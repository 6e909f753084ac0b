import type { AchievementContent } from '../../catalogue/index.ts';
import type { Institution } from '../../institutions/index.ts';
import type { View } from '../view.ts';
import { foreign } from './badge-facts.tsx';

interface BeginProps {
  view: View;
  institution: Institution;
  id: string;
  content: AchievementContent;
}

/** "Ik kan dit al": keeps an achievement as a goal, with a login; without one there is another way to begin. */
export function BeginAchievementPage({ view, institution, id, content }: BeginProps) {
  const t = view.t.shop.beginPage;
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
      <form method="post" action={`${at}/begin`}>
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
