import { readBadgeView } from '../badge-view.ts';
import { moment } from '../format.ts';
import { type Report, shownVerdict } from '../report.ts';
import { Seal } from '../signs.tsx';
import { stylePath } from '../style.ts';
import type { View } from '../view.ts';
import { parts, Visible } from '../visible.tsx';

interface EmbedProps {
  view: View;
  /** Absent where there was nothing to judge. */
  report?: Report;
  /** The whole check, at our own address. */
  href: string;
}

/** A result within a page of someone else: nothing to press but the way to the whole check (threat W5). */
export function EmbedPage({ view, report, href }: EmbedProps) {
  const { t, language } = view;
  const { embed } = t.operator;
  const shown = report ? shownVerdict(report) : 'indeterminate';
  const badge = report && readBadgeView(report.credential, language);
  const by = badge?.issuer.domain ?? badge?.issuer.id;
  const title = report ? t.verdict[shown] : embed.nothing;
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · ${t.site.name}`}</title>
        <meta name="robots" content="noindex" />
        <link rel="stylesheet" href={stylePath} />
      </head>
      <body>
        <main class="embed">
          <section class={`answer ${shown}`} aria-labelledby="verdict">
            <Seal shown={shown} />
            <div>
              <h1 class="verdict" id="verdict">
                {title}
              </h1>
              {!report && <p>{embed.nothingMeans}</p>}
              {badge && (
                <p>
                  <strong>
                    <Visible text={badge.title ?? t.badge.untitled} t={t} />
                  </strong>
                  {by && (
                    <>
                      {' · '}
                      <Visible text={by} t={t} />
                    </>
                  )}
                </p>
              )}
              {report && report.verdict !== 'valid' && (
                <p class="cause">
                  {parts(report.checks.find(({ code }) => code === report.code)?.message[language] ?? '', t)}
                </p>
              )}
              {report && (
                <p class="soft">
                  {t.verdict.checkedAt(moment(report.checkedAt, language))} {embed.at(new URL(view.origin).host)}
                </p>
              )}
              <p>
                <a href={href} target="_blank" rel="noopener noreferrer">
                  {report ? embed.whole : t.site.check} {embed.newTab}
                </a>
              </p>
            </div>
          </section>
        </main>
      </body>
    </html>
  );
}
