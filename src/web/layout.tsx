import type { Child } from 'hono/jsx';
import { otherLanguage } from './messages.ts';
import { stylePath } from './style.ts';
import type { View } from './view.ts';

export interface PageProps {
  view: View;
  /** Unique for each page; the name of the service follows it. */
  title: string;
  description?: string;
  noindex?: boolean;
  /** For tables that need the room. */
  wide?: boolean;
  /** A text that was checked by POST: the language switch sends it again, so that the answer is not lost. */
  resend?: string;
  children?: Child;
}

const shield = 'M16 2l11.5 4.6v8.8c0 7-4.7 12-11.5 14.6C9.2 27.4 4.5 22.4 4.5 15.4V6.6z';

/** The frame of every page: skip link, bar, main, footer. */
export function Layout({ view, title, description, noindex, wide, resend, children }: PageProps) {
  const { t, language, path } = view;
  const other = otherLanguage(language);
  const current = (href: string) => (path === href ? ('page' as const) : undefined);
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · ${t.site.name}`}</title>
        {description && <meta name="description" content={description} />}
        {noindex && <meta name="robots" content="noindex" />}
        <link rel="stylesheet" href={stylePath} />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      </head>
      <body>
        <a class="skip" href="#main">
          {t.site.skip}
        </a>
        <header class="bar">
          <a class="mark" href="/">
            <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
              <path d={shield} />
              <path class="tick" d="M10.5 15.8l4 4 7.5-8.4" />
            </svg>
            {t.site.name}
          </a>
          <nav aria-label={t.site.nav}>
            <a href="/verify" aria-current={current('/verify')}>
              {t.site.check}
            </a>
            <a class="wide" href="/glossary" aria-current={current('/glossary')}>
              {t.site.glossary}
            </a>
            <LanguageSwitch view={view} other={other} resend={resend} />
          </nav>
        </header>
        <main id="main" class={wide ? 'wide' : undefined}>
          {children}
        </main>
        <footer>
          <p>{t.site.promise}</p>
          <nav aria-label={t.site.footer}>
            <a href="/glossary">{t.site.glossary}</a>
            <a href="/api/docs">{t.site.api}</a>
          </nav>
        </footer>
      </body>
    </html>
  );
}

function LanguageSwitch({ view, other, resend }: { view: View; other: string; resend?: string }) {
  const name = view.t.site.otherLanguage;
  if (resend === undefined)
    return (
      <a href={view.switchHref} lang={other} hreflang={other}>
        {name}
      </a>
    );
  return (
    <form method="post" action={`/verify?lang=${other}`} enctype="multipart/form-data">
      <input type="hidden" name="text" value={resend} />
      <button type="submit" lang={other}>
        {name}
      </button>
    </form>
  );
}
