import { beginPath, completeness, goalPath, type PublishedVersion } from '../../catalogue/index.ts';
import type { Endorsement } from '../../credentials/index.ts';
import type { Institution } from '../../institutions/index.ts';
import { Picture } from '../art.tsx';
import type { BadgeView } from '../badge-view.ts';
import { country, day } from '../format.ts';
import { Markdown } from '../markdown.tsx';
import type { View } from '../view.ts';
import { hostOf, safeHref, Visible } from '../visible.tsx';
import { achievementView } from './achievement-view.ts';
import { ConceptFacts, Outcomes } from './badge.tsx';
import { OfferFacts } from './catalogue.tsx';
import { Endorsements } from './endorsements.tsx';
import { Fact, foreign, kicker, OutLink } from './badge-facts.tsx';

interface AchievementProps {
  view: View;
  institution: Institution;
  id: string;
  published: PublishedVersion;
  /** The newest version, when this is not it. */
  newest?: number;
  endorsements: Endorsement[];
}

/** One version of what can be earned: the page that its badges name. */
export function AchievementPage(props: AchievementProps) {
  const { view, institution, id, published, newest, endorsements } = props;
  const { t } = view;
  const { content, version, publishedAt, establishedBy } = published;
  const badge = achievementView(view, { institution, id, version, content });
  const lang = foreign(content.language, view);
  const base = `/i/${institution.slug}/achievements/${id}`;
  const kinds: Record<string, string> = t.kinds;
  return (
    <>
      <section class="certificate" aria-labelledby="title">
        <Picture
          seed={institution.slug}
          issuer={institution.profile.name}
          title={content.name}
          kind={kinds[content.type] ?? t.kinds.other}
          label={t.share.picture(content.name)}
        />
        <div>
          <p class="kicker">{kicker(badge, view)}</p>
          <h1 id="title" lang={lang}>
            {content.name}
          </h1>
          <p class="from">
            {t.achievement.from} <a href={`/i/${institution.slug}`}>{institution.profile.name}</a>
          </p>
          <p class="note">
            {t.achievement.version(version, day(publishedAt, view.language))}. {t.achievement.frozen}
            {establishedBy && ` ${t.console.unit.by(establishedBy)}`}
          </p>
          <OfferFacts view={view} content={content} lang={lang} />
          <p class="actions">
            <a class="button" href={beginPath(institution.slug, id)}>
              {t.shop.begin}
            </a>
            <a href={goalPath(institution.slug, id)}>{t.shop.asGoal}</a>
          </p>
        </div>
      </section>
      {newest !== undefined && newest > version && (
        <p class="notice warn">
          {t.achievement.newer(newest)} <a href={base}>{t.achievement.toNewest}</a>
        </p>
      )}
      <article class="badge" aria-label={content.name}>
        <h2>{t.badge.description}</h2>
        {content.description && <Markdown text={content.description} t={t} lang={lang} />}
        <Outcomes view={view} outcomes={badge.outcomes} heading={t.badge.outcomes} lang={lang} />
        <Criteria view={view} badge={badge} lang={lang} />
        <dl class="facts">
          <ConceptFacts view={view} badge={badge} />
          <Fact label={t.achievement.results} lang={lang}>
            {content.results.length > 0 && <Scales view={view} published={published} />}
          </Fact>
          <Fact label={t.achievement.tags} lang={lang}>
            {content.tags.join(', ')}
          </Fact>
        </dl>
      </article>
      <Elements {...props} badge={badge} />
      <Endorsements
        view={view}
        endorsements={endorsements}
        path={base}
        data={`/api/v1/catalogue/endorsements?institution=${institution.slug}&achievement=${id}`}
      />
      <p class="actions">
        <a href={`${base}/versions/${version}.json`}>{t.achievement.data}</a>
      </p>
    </>
  );
}

function Criteria({ view, badge, lang }: { view: View; badge: BadgeView; lang?: string }) {
  const { t } = view;
  const url = safeHref(badge.criteriaUrl);
  if (!badge.criteria && !url) return null;
  return (
    <section>
      <h3>{t.badge.criteria}</h3>
      {badge.criteria && <Markdown text={badge.criteria} t={t} lang={lang} />}
      {url && (
        <p>
          <OutLink href={url}>{t.badge.criteriaLink}</OutLink>{' '}
          <span class="note">{t.badge.opensElsewhere(hostOf(url) ?? '')}</span>
        </p>
      )}
    </section>
  );
}

const Scales = ({ view, published }: { view: View; published: PublishedVersion }) =>
  published.content.results.map((result, i) => (
    <>
      {i > 0 && <br />}
      {result.name}
      <span class="note">
        {[
          result.min && result.max && view.t.badge.resultRange(result.min, result.max),
          result.required && view.t.badge.resultRequired(result.required),
        ]
          .filter(Boolean)
          .join('; ')}
      </span>
    </>
  ));

/** The eleven elements of the Council Recommendation (Annex I), what each says here and where it comes from. */
function Elements({
  view,
  institution,
  published,
  badge,
}: Omit<AchievementProps, 'endorsements'> & { badge: BadgeView }) {
  const { t } = view;
  const { elements } = completeness(published.content, institution.profile);
  const say = elementWords(view, institution, published, badge);
  return (
    <section aria-labelledby="elements">
      <h2 id="elements">{t.achievement.elements}</h2>
      <table class="stack">
        <caption>{t.achievement.elementsLead}</caption>
        <thead>
          <tr>
            <th scope="col">{t.achievement.element}</th>
            <th scope="col">{t.achievement.value}</th>
            <th scope="col">{t.achievement.source}</th>
          </tr>
        </thead>
        <tbody>
          {elements.map(({ element, present, from }) => (
            <tr>
              <th scope="row">{t.achievement.names[element]}</th>
              <td>
                {present ? <Visible text={say[element]} t={t} /> : <span class="missing">{t.achievement.missing}</span>}
              </td>
              <td class="from-where">{t.achievement.sources[from]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function elementWords(view: View, { profile }: Institution, { content }: PublishedVersion, badge: BadgeView) {
  const { t } = view;
  const [, ...measures] = kicker(badge, view).split(' · ');
  const names = (items: { name: string }[]) => items.map(item => item.name).join(', ');
  const levels = measures.filter(m => /(EQF|NLQF)\)$/.test(m));
  return {
    ...t.achievement.perAward,
    title: content.name,
    country: country(profile.address.countryCode, view.language),
    'awarding-body': profile.name,
    outcomes: t.achievement.count(content.outcomes.length),
    workload: measures.filter(m => !levels.includes(m)).join(', '),
    level: levels.join(', '),
    assessment: names(badge.assessment),
    participation: names(badge.participation),
    'quality-assurance': names(badge.quality),
  };
}
