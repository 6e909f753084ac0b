import { beginPath, type ShopItem } from '../../catalogue/index.ts';
import type { Institution } from '../../institutions/index.ts';
import { Emblem } from '../art.tsx';
import type { View } from '../view.ts';
import { achievementView } from './achievement-view.ts';
import { foreign, kicker } from './badge-facts.tsx';

interface CatalogueProps {
  view: View;
  text: string;
  items: { institution: Institution; item: ShopItem }[];
  next?: string;
}

/** What can be earned at all institutions of the service. */
export function CataloguePage({ view, text, items, next }: CatalogueProps) {
  const t = view.t.shop;
  const query = (more: Record<string, string>) => new URLSearchParams({ ...(text ? { text } : {}), ...more });
  return (
    <>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <form class="panel" method="get" action="/catalogue" role="search">
        <div class="field">
          <label for="text">{t.text}</label>
          <input id="text" name="text" type="search" value={text} maxlength={200} autocomplete="off" />
        </div>
        <p class="actions">
          <button class="button" type="submit">
            {t.search}
          </button>
        </p>
      </form>
      {items.length === 0 && (
        <p class="empty" role="status">
          {text ? t.nothing : t.empty}
        </p>
      )}
      {items.length > 0 && (
        <ul class="cards apart">
          {items.map(({ institution, item }) => (
            <ShopCard view={view} institution={institution} item={item} named />
          ))}
        </ul>
      )}
      {next && (
        <p class="actions">
          <a href={`/catalogue?${query({ cursor: next })}`}>{t.more}</a>
        </p>
      )}
      <p class="note apart">
        {t.data} <a href={`/api/v1/catalogue?${query({})}`}>JSON</a>
      </p>
    </>
  );
}

/** One thing that can be earned: what it is, how long, what it costs, what it counts for, and a way to begin. */
export function ShopCard({
  view,
  institution,
  item,
  named,
}: {
  view: View;
  institution: Institution;
  item: Pick<ShopItem, 'id' | 'version' | 'content'>;
  /** With the name of the institution, where there are several. */
  named?: boolean;
}) {
  const t = view.t.shop;
  const { id, version, content } = item;
  const { slug, profile } = institution;
  const badge = achievementView(view, { institution, id, version, content });
  const lang = foreign(content.language, view);
  return (
    <li class="card">
      <Emblem seed={slug} issuer={profile.name} title={content.name} />
      <div>
        <a href={`/i/${slug}/achievements/${id}`} lang={lang}>
          {content.name}
        </a>
        {named && <span class="note">{profile.name}</span>}
        <span class="note">{kicker(badge, view)}</span>
        <OfferFacts view={view} content={content} lang={lang} />
        <a class="can" href={beginPath(slug, id)}>
          {t.begin}
          <span class="visually-hidden">: {content.name}</span>
        </a>
      </div>
    </li>
  );
}

/** How long, what it costs, what it counts for, as far as the institution says it. */
export function OfferFacts({ view, content, lang }: { view: View; content: ShopItem['content']; lang?: string }) {
  const t = view.t.shop;
  const { duration, cost, countsFor } = content.offer ?? {};
  const facts = [
    { label: t.duration, value: duration },
    { label: t.cost, value: cost },
    { label: t.countsFor, value: countsFor },
  ].filter(fact => fact.value);
  return (
    <>
      {facts.map(({ label, value }) => (
        <span class="note">
          {label}: <span lang={lang}>{value}</span>
        </span>
      ))}
    </>
  );
}
