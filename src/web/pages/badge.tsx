import { Emblem, seedOf } from '../art.tsx';
import type { AlignmentView } from '../badge-alignments.ts';
import type { BadgeView, EndorsementView, EvidenceView } from '../badge-view.ts';
import { day, isOurs, number, ourWord } from '../format.ts';
import { Markdown } from '../markdown.tsx';
import type { View } from '../view.ts';
import { hostOf, safeHref, Visible } from '../visible.tsx';
import { Concepts, Dates, Fact, foreign, IssuerFact, kicker, OutLink, Results } from './badge-facts.tsx';

interface BadgeProps {
  view: View;
  badge: BadgeView;
  /** Which list the issuer is on, in words. */
  known?: string;
}

/** The badge as a card: whose, what, by whom, on what grounds. All of it as it was signed. */
export function BadgeCard({ view, badge, known, doubtful }: BadgeProps & { doubtful?: boolean }) {
  const { t } = view;
  const lang = foreign(badge.language, view);
  const title = badge.title ?? t.badge.untitled;
  return (
    <article class={doubtful ? 'badge doubtful' : 'badge'} aria-labelledby="badge-title">
      <header>
        <Emblem seed={seedOf(badge.issuer.id)} issuer={badge.issuer.name ?? ''} title={title} />
        <div>
          <p class="kicker">{kicker(badge, view)}</p>
          <h2 id="badge-title" lang={lang}>
            <Visible text={title} t={t} />
          </h2>
          {badge.recipient && (
            <p class="who">
              {t.badge.forWhom}{' '}
              <strong>
                <Visible text={badge.recipient} t={t} />
              </strong>
            </p>
          )}
        </div>
      </header>
      <BadgeBody view={view} badge={badge} known={known} />
    </article>
  );
}

/** Facts and words of a badge, without its heading. */
export function BadgeBody({ view, badge, known }: BadgeProps) {
  const { t } = view;
  const lang = foreign(badge.language, view);
  return (
    <>
      <dl class="facts">
        <IssuerFact issuer={badge.issuer} view={view} known={known} />
        <Fact label={t.badge.decision} lang={lang}>
          {badge.decision && <EvidenceWords evidence={badge.decision} view={view} />}
        </Fact>
        <Fact label={t.badge.identity} lang={badge.identity && lang}>
          {badge.identity ? <EvidenceWords evidence={badge.identity} view={view} /> : t.badge.identityUnknown}
        </Fact>
        <Dates badge={badge} view={view} />
        <Fact label={t.badge.programmes}>
          {badge.programmes?.length ? <Visible text={badge.programmes.join(', ')} t={t} /> : undefined}
        </Fact>
      </dl>
      <Outcomes
        view={view}
        outcomes={badge.outcomes}
        lang={lang}
        heading={badge.recipient ? t.badge.outcomesOf(badge.recipient) : t.badge.outcomes}
      />
      <Assessed view={view} badge={badge} />
      <BadgeWords view={view} badge={badge} />
    </>
  );
}

/** How it was assessed and cared for, each in words that lead to their meaning. */
export function ConceptFacts({
  view,
  badge,
}: {
  view: View;
  badge: Pick<BadgeView, 'assessment' | 'participation' | 'supervision' | 'quality' | 'language'>;
}) {
  const { t } = view;
  const lang = foreign(badge.language, view);
  const facts = [
    [t.badge.assessment, badge.assessment],
    [t.badge.participation, badge.participation],
    [t.badge.supervision, badge.supervision],
    [t.badge.quality, badge.quality],
  ] as const;
  return facts.map(([label, items]) => (
    <Fact label={label} lang={lang}>
      {items.length > 0 && <Concepts items={items} view={view} />}
    </Fact>
  ));
}

/** How it was assessed and what came of it. */
function Assessed({ view, badge }: BadgeProps) {
  const { t } = view;
  const lang = foreign(badge.language, view);
  const earned = badge.creditsEarned !== badge.ects ? badge.creditsEarned : undefined;
  const concepts = [badge.assessment, badge.participation, badge.supervision, badge.quality, badge.results].flat()
    .length;
  if (!concepts && earned === undefined && !badge.period && !badge.role && !badge.licence) return null;
  return (
    <section>
      <h3>{t.badge.assessed}</h3>
      <dl class="facts">
        <ConceptFacts view={view} badge={badge} />
        <Fact label={t.badge.results} lang={lang}>
          {badge.results.length > 0 && <Results results={badge.results} view={view} />}
        </Fact>
        <Fact label={t.badge.creditsEarned}>{earned !== undefined && t.badge.ects(number(earned, view.language))}</Fact>
        <Fact label={t.badge.period}>{badge.period && period(badge.period, view)}</Fact>
        <Fact label={t.badge.role}>{badge.role && <Visible text={badge.role} t={t} />}</Fact>
        <Fact label={t.badge.licence}>{badge.licence && <Visible text={badge.licence} t={t} />}</Fact>
      </dl>
    </section>
  );
}

const EvidenceWords = ({ evidence, view }: { evidence: EvidenceView; view: View }) => (
  <Visible text={evidence.narrative ?? evidence.description ?? evidence.name ?? ''} t={view.t} />
);

const period = ({ from, to }: { from?: string; to?: string }, view: View) =>
  [from, to].map(time => (time ? day(time, view.language) : '…')).join(' – ');

function BadgeWords({ view, badge }: BadgeProps) {
  const { t } = view;
  const lang = foreign(badge.language, view);
  const criteriaUrl = safeHref(badge.criteriaUrl);
  return (
    <>
      {badge.description && (
        <section>
          <h3>{t.badge.description}</h3>
          <Markdown text={badge.description} t={t} lang={lang} />
        </section>
      )}
      {(badge.criteria || criteriaUrl) && (
        <section>
          <h3>{t.badge.criteria}</h3>
          {badge.criteria && <Markdown text={badge.criteria} t={t} lang={lang} />}
          {criteriaUrl && (
            <p>
              <OutLink href={criteriaUrl}>{t.badge.criteriaLink}</OutLink>{' '}
              <span class="note">{t.badge.opensElsewhere(hostOf(criteriaUrl) ?? '')}</span>
            </p>
          )}
        </section>
      )}
      {badge.narrative && (
        <section>
          <h3>{t.badge.narrative}</h3>
          <Markdown text={badge.narrative} t={t} lang={lang} />
        </section>
      )}
      <EvidenceList view={view} evidence={badge.evidence} lang={lang} />
      <EndorsementList view={view} endorsements={badge.endorsements} lang={lang} />
    </>
  );
}

export interface OutcomesProps {
  view: View;
  outcomes: AlignmentView[];
  heading: string;
  lang?: string;
}

/** Learning outcomes, each with the code that makes it comparable elsewhere. */
export function Outcomes({ view, outcomes, heading, lang }: OutcomesProps) {
  if (outcomes.length === 0) return null;
  return (
    <section>
      <h3>
        <Visible text={heading} t={view.t} />
      </h3>
      <ul class="outcomes">
        {outcomes.map(outcome => {
          const href = safeHref(outcome.url);
          return (
            <li>
              <span lang={lang}>
                <Visible text={outcome.name} t={view.t} />
              </span>{' '}
              {href && (
                <OutLink href={href} class="code">
                  <Visible text={outcome.framework ?? hostOf(href) ?? ''} t={view.t} />
                  <span class="visually-hidden">: {outcome.name}</span>
                </OutLink>
              )}
              {outcome.description && (
                <span class="note" lang={lang}>
                  <Visible text={outcome.description} t={view.t} />
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** What others say of it, in their words; whether they did is told with the checks. */
function EndorsementList({
  view,
  endorsements = [],
  lang,
}: {
  view: View;
  endorsements?: EndorsementView[];
  lang?: string;
}) {
  const { endorsements: words } = view.t.counter;
  if (endorsements.length === 0) return null;
  return (
    <section>
      <h3>{words.heading}</h3>
      <ul class="outcomes">
        {endorsements.map(({ by, words: said }) => (
          <li>
            {said.map(one => (
              <Markdown text={one} t={view.t} lang={lang} />
            ))}
            {by && (
              <p class="note">
                {words.by} <Visible text={by} t={view.t} />
              </p>
            )}
          </li>
        ))}
      </ul>
      <p class="note">{words.checked}</p>
    </section>
  );
}

function EvidenceList({ view, evidence, lang }: { view: View; evidence: EvidenceView[]; lang?: string }) {
  const { t } = view;
  if (evidence.length === 0) return null;
  return (
    <section>
      <h3>{t.badge.evidence}</h3>
      <ul class="outcomes">
        {evidence.map(item => {
          const href = safeHref(item.url);
          return (
            <li>
              <div lang={lang}>
                {item.name && (
                  <strong>
                    <Visible text={item.name} t={t} />
                  </strong>
                )}{' '}
                {item.genre && (
                  <span class="code" lang={isOurs(t.genres, item.genre) ? view.language : undefined}>
                    <Visible text={ourWord(t.genres, item.genre)} t={t} />
                  </span>
                )}
                {[item.description, item.narrative].map(words => words && <Markdown text={words} t={t} />)}
              </div>
              {href && (
                <p>
                  <OutLink href={href}>{t.badge.evidenceLink}</OutLink>{' '}
                  <span class="note">{t.badge.opensElsewhere(hostOf(href) ?? '')}</span>
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
