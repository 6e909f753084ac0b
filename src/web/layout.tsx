import type { Child } from 'hono/jsx';
import { otherLanguage } from './messages.ts';
import { stylePath } from './style.ts';
import type { View } from './view.ts';

/** What a chat or a site shows of a link: only where whose link it is asked for that. */
export interface Preview {
  title: string;
  /** The address of a picture of 1200 by 630 pixels. */
  image: string;
}

interface PageProps {
  view: View;
  /** Unique for each page; the name of the service follows it. */
  title: string;
  description?: string;
  noindex?: boolean;
  /** For tables that need the room. */
  wide?: boolean;
  /** What a check by POST was about: the language switch and whoever asks further send it again. */
  resend?: Record<string, string>;
  /** The address of the script that the page brings. */
  script?: string;
  preview?: Preview;
  children?: Child;
}

const shield = 'M16 2l11.5 4.6v8.8c0 7-4.7 12-11.5 14.6C9.2 27.4 4.5 22.4 4.5 15.4V6.6z';

/** Open Graph (ogp.me), which chats and sites read. */
function Previewed({ title, image }: Preview) {
  const told = [
    ['og:type', 'website'],
    ['og:title', title],
    ['og:image', image],
    ['og:image:width', '1200'],
    ['og:image:height', '630'],
  ];
  return (
    <>
      {told.map(([property, content]) => (
        <meta property={property} content={content} />
      ))}
    </>
  );
}

/** The frame of every page: skip link, bar, main, footer. */
export function Layout({ view, title, description, noindex, wide, resend, script, preview, children }: PageProps) {
  const { t, language } = view;
  const other = otherLanguage(language);
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · ${t.site.name}`}</title>
        {description && <meta name="description" content={description} />}
        {preview && <Previewed {...preview} />}
        {noindex && <meta name="robots" content="noindex" />}
        <link rel="stylesheet" href={stylePath} />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        {script && <script type="module" src={script}></script>}
      </head>
      <body>
        {resend && <Again fields={resend} />}
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
            <Link view={view} href="/verify" wide={view.signedIn !== undefined}>
              {t.site.check}
            </Link>
            {!view.signedIn && (
              <Link view={view} href="/glossary" wide>
                {t.site.glossary}
              </Link>
            )}
            {view.signedIn ? (
              <Own view={view} member={view.signedIn.member} />
            ) : (
              <Link view={view} href="/login">
                {t.people.signIn.bar.in}
              </Link>
            )}
            <LanguageSwitch view={view} other={other} resend={resend} wide={view.signedIn !== undefined} />
          </nav>
        </header>
        <main id="main" class={wide ? 'wide' : undefined}>
          {children}
        </main>
        <footer>
          <p>{t.site.promise}</p>
          <nav aria-label={t.site.footer}>
            <a href="/verify">{t.site.check}</a>
            {!view.signedIn && <a href="/begin">{t.portfolio.begin.title}</a>}
            <a href="/glossary">{t.site.glossary}</a>
            <a href="/api/docs">{t.site.api}</a>
            <a href="/privacy">{t.about.privacy.title}</a>
            <a href="/terms">{t.about.terms.title}</a>
            {view.signedIn && <LanguageSwitch view={view} other={other} resend={resend} />}
            {view.signedIn && <SignOut view={view} />}
          </nav>
        </footer>
      </body>
    </html>
  );
}

function Link({ view, href, wide, children }: { view: View; href: string; wide?: boolean; children?: Child }) {
  const here = view.path === href || view.path.startsWith(`${href}/`);
  return (
    <a class={wide ? 'wide' : undefined} href={href} aria-current={here ? 'page' : undefined}>
      {children}
    </a>
  );
}

/** What is theirs who are signed in. */
function Own({ view, member }: { view: View; member: boolean }) {
  const { bar } = view.t.people.signIn;
  return (
    <>
      <Link view={view} href="/portfolio">
        {view.t.portfolio.nav}
      </Link>
      <Link view={view} href="/validations">
        {view.t.validations.nav}
      </Link>
      <Link view={view} href="/badges">
        {bar.badges}
      </Link>
      {member && (
        <Link view={view} href="/console">
          {bar.console}
        </Link>
      )}
      <Link view={view} href="/account">
        {bar.account}
      </Link>
      <SignOut view={view} wide />
    </>
  );
}

/** In the bar where there is room for it, and below every page. */
function SignOut({ view, wide }: { view: View; wide?: boolean }) {
  return (
    <form class={wide ? 'wide' : undefined} method="post" action="/logout">
      <button type="submit">{view.t.people.signIn.bar.out}</button>
    </form>
  );
}

/**
 * What was checked, once for the whole page: whatever asks about it again belongs to this form. Its own button comes
 * first, so that Enter in a field does not press that of another.
 */
const Again = ({ fields }: { fields: Record<string, string> }) => (
  <form id="again" method="post" action="/verify" enctype="multipart/form-data" hidden>
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <button type="submit"></button>
  </form>
);

interface SwitchProps {
  view: View;
  other: string;
  resend?: Record<string, string>;
  wide?: boolean;
}

function LanguageSwitch({ view, other, resend, wide }: SwitchProps) {
  const where = wide ? 'wide' : undefined;
  const name = view.t.site.otherLanguage;
  if (resend === undefined)
    return (
      <a class={where} href={view.switchHref} lang={other} hreflang={other}>
        {name}
      </a>
    );
  return (
    <button class={where} type="submit" form="again" formaction={`/verify?lang=${other}`} lang={other}>
      {name}
    </button>
  );
}
