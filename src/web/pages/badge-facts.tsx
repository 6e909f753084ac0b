import type { Child } from 'hono/jsx';
import type { AlignmentView } from '../badge-alignments.ts';
import type { BadgeView, IssuerView, ResultView } from '../badge-view.ts';
import { country, day, number, ourWord } from '../format.ts';
import type { View } from '../view.ts';
import { hostOf, mixesScripts, parts, safeHref, Visible } from '../visible.tsx';

/** The language of a badge's own words, where it differs from the page's and is a tag at all. */
export function foreign(language: string | undefined, view: View): string | undefined {
  if (!language || !/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language)) return undefined;
  return language.toLowerCase().split('-')[0] === view.language ? undefined : language;
}

/** `Microcredential · 15 EC · niveau 6 (NLQF/EQF)`. */
export function kicker(badge: BadgeView, view: Pick<View, 't' | 'language'>): string {
  const { t, language } = view;
  const kinds: Record<string, string> = t.kinds;
  const sizes = [
    badge.ects === undefined ? undefined : t.badge.ects(number(badge.ects, language)),
    badge.sbu && t.badge.sbu(badge.sbu.replace(/ ?SBU$/, '')),
    // Up to its last digit; a pattern from the other end would look at the rest of a long text from each of its letters.
    badge.hours && t.badge.hours(/^.*\d/s.exec(badge.hours)?.[0] ?? ''),
  ];
  return [kinds[badge.kind ?? 'other'] ?? t.kinds.other, ...sizes, ...levels(badge, view)].filter(Boolean).join(' · ');
}

function levels({ eqf, nlqf }: BadgeView, { t }: Pick<View, 't'>): string[] {
  const bare = (level: string) => /(\d\+?|entry)\s*$/i.exec(level)?.[1] ?? level;
  if (eqf && nlqf && bare(eqf) === bare(nlqf)) return [t.badge.levelShort(bare(eqf), 'NLQF/EQF')];
  return [nlqf && t.badge.levelShort(bare(nlqf), 'NLQF'), eqf && t.badge.levelShort(bare(eqf), 'EQF')].filter(
    l => l !== undefined && l !== '',
  ) as string[];
}

/** One fact: a label and a plain sentence; nothing at all when there is nothing to say. */
export function Fact({
  label,
  wide,
  lang,
  children,
}: {
  label: string;
  wide?: boolean;
  lang?: string;
  children?: Child;
}) {
  if (children === undefined || children === null || children === false || children === '') return null;
  return (
    <div class={wide ? 'wide' : undefined}>
      <dt>{label}</dt>
      <dd lang={lang}>{children}</dd>
    </div>
  );
}

/** Who issued it: the address that was checked first and in full, then what it calls itself. */
export function IssuerFact({ issuer, view, known }: { issuer: IssuerView; view: View; known?: string }) {
  const { t } = view;
  const place = [issuer.locality, issuer.countryCode && country(issuer.countryCode, view.language)]
    .filter(Boolean)
    .join(', ');
  const hint = issuer.id.startsWith('did:key:') ? t.badge.loneKey : t.badge.noDomain;
  return (
    <Fact label={t.badge.issuer} wide>
      <strong class="domain">{issuer.domain ? <bdi>{issuer.domain}</bdi> : hint}</strong>
      <br />
      <code>
        <Visible text={issuer.id} t={t} />
      </code>
      {issuer.name && (
        <span class="claimed-name">
          <br />
          {t.badge.callsItself('')}
          <strong>
            <Visible text={issuer.name} t={t} />
          </strong>
          {place && <Visible text={`, ${place}`} t={t} />}
        </span>
      )}
      {issuer.name && mixesScripts(issuer.name) && <span class="note missing">{t.badge.mixedScript}</span>}
      {known && <span class="note">{parts(known, t)}</span>}
      {issuer.identifiers.length > 0 && (
        <span class="note">
          <Visible
            text={issuer.identifiers.map(i => `${i.type.replace(/^ext:/, '')} ${i.identifier}`).join(' · ')}
            t={t}
          />
        </span>
      )}
    </Fact>
  );
}

/** Names of concepts, each leading to where it is explained. */
export function Concepts({ items, view }: { items: AlignmentView[]; view: View }) {
  return items.map((item, i) => (
    <>
      {i > 0 && ', '}
      <ConceptLink item={item} view={view} />
    </>
  ));
}

/** Hosts whose pages explain concepts: ours and the EU's. Any other is named beside the link. */
const explains = (host: string, view: View) => host === hostOf(view.origin) || host === 'data.europa.eu';

function ConceptLink({ item, view }: { item: AlignmentView; view: View }) {
  const href = safeHref(item.url);
  const name = <Visible text={item.name} t={view.t} />;
  const host = href && hostOf(href);
  return (
    <>
      {href ? <OutLink href={href}>{name}</OutLink> : name}
      {host && !explains(host, view) && <span class="note">{view.t.badge.opensElsewhere(host)}</span>}
      {item.description && (
        <span class="note">
          <Visible text={item.description} t={view.t} />
        </span>
      )}
    </>
  );
}

/** A link that a badge brought: it tells the other side nothing and gets no credit from us. */
export const OutLink = ({ href, class: style, children }: { href: string; class?: string; children?: Child }) => (
  <a href={href} class={style} rel="noopener noreferrer nofollow ugc">
    {children}
  </a>
);

/** When it was decided, signed, and until when it counts. */
export function Dates({ badge, view }: { badge: BadgeView; view: View }) {
  const { t, language } = view;
  const until = badge.validUntil ? `${t.badge.validUntil} ${day(badge.validUntil, language)}` : t.badge.noEnd;
  return (
    <>
      <Fact label={t.badge.awarded}>{badge.awardedDate && day(badge.awardedDate, language)}</Fact>
      <Fact label={t.badge.signed}>
        {badge.validFrom && `${day(badge.validFrom, language)}, ${until.toLowerCase()}`}
      </Fact>
    </>
  );
}

export function Results({ results, view }: { results: ResultView[]; view: View }) {
  const { t } = view;
  return results.map((result, i) => {
    const range = [
      result.min && result.max && t.badge.resultRange(result.min, result.max),
      result.required && t.badge.resultRequired(result.required),
    ].filter(Boolean);
    const said = [result.value, result.status && ourWord(t.resultStatuses, result.status)].filter(Boolean).join(', ');
    return (
      <>
        {i > 0 && <br />}
        <Visible text={[result.name, said].filter(Boolean).join(': ')} t={t} />
        {range.length > 0 && (
          <span class="note">
            <Visible text={range.join('; ')} t={t} />
          </span>
        )}
      </>
    );
  });
}
