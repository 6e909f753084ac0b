import type { Institution } from '../../institutions/index.ts';
import { Picture } from '../art.tsx';
import { type BadgeView, readBadgeView } from '../badge-view.ts';
import { downloadsOf } from '../downloads.ts';
import { QrCode } from '../qr.tsx';
import type { Report } from '../report.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';
import { knownIssuer, Verdict } from './answer.tsx';
import { AskHolder } from './ask-holder.tsx';
import { BadgeBody } from './badge.tsx';
import { foreign, kicker } from './badge-facts.tsx';
import { Checks, Technical } from './checks.tsx';
import { type Holder, HolderLine } from './holder.tsx';

interface ShareProps {
  view: View;
  report: Report;
  institution: Institution;
  credential: object;
  shareUrl: string;
  holder: Holder;
}

/** A shared badge: a certificate to be proud of, with a check that was made while the page was loading. */
export function SharePage({ view, report, institution, credential, shareUrl, holder }: ShareProps) {
  const { t } = view;
  const badge = readBadgeView(credential, view.language);
  const path = new URL(shareUrl).pathname;
  return (
    <>
      <Certificate view={view} badge={badge} institution={institution} ended={report.verdict === 'invalid'} />
      <Verdict view={view} report={report} badge={badge} level={2} />
      <HolderLine view={view} holder={holder} path={path} />
      {report.verdict !== 'invalid' && <AskHolder view={view} credential={credential} badge={badge} />}
      <article class="badge" aria-label={badge.title}>
        <BadgeBody view={view} badge={badge} known={knownIssuer(view, report)} />
      </article>
      <section aria-labelledby="take">
        <h2 id="take">{t.share.take}</h2>
        <div class="take">
          <QrCode text={shareUrl} label={t.share.qr} />
          <div>
            <p>{t.share.qrHint}</p>
            <p>
              <span class="soft">{t.share.link}:</span> <a href={shareUrl}>{shareUrl}</a>
            </p>
            <p class="actions">
              {downloadsOf(t, path).map(({ href, file, label }, i) => (
                <a class={i === 0 ? 'button' : undefined} href={href} download={file}>
                  {label}
                </a>
              ))}
              {badge.achievementId?.startsWith(`${institution.url}/`) && (
                <a href={badge.achievementId}>{t.share.achievement}</a>
              )}
            </p>
            <p class="note no-print">
              {t.share.downloadHint} {t.share.printHint}
            </p>
          </div>
        </div>
      </section>
      <Checks view={view} report={report} />
      <Technical view={view} report={report} />
    </>
  );
}

interface CertificateProps {
  view: View;
  badge: BadgeView;
  institution: Institution;
  /** It no longer counts: the picture loses its colours. */
  ended: boolean;
}

/** Picture, title, name and issuer, as on a certificate. */
export function Certificate({ view, badge, institution, ended }: CertificateProps) {
  const { t } = view;
  const title = badge.title ?? t.badge.untitled;
  const lang = foreign(badge.language, view);
  const kinds: Record<string, string> = t.kinds;
  return (
    <section class={ended ? 'certificate ended' : 'certificate'} aria-labelledby="title">
      <Picture
        seed={institution.slug}
        issuer={institution.profile.name}
        title={title}
        kind={kinds[badge.kind ?? 'other'] ?? t.kinds.other}
        label={t.share.picture(title)}
      />
      <div>
        <p class="kicker">{kicker(badge, view)}</p>
        <h1 id="title" lang={lang}>
          <Visible text={title} t={t} />
        </h1>
        {badge.recipient && (
          <p class="for">
            {t.badge.forWhom}{' '}
            <strong>
              <Visible text={badge.recipient} t={t} />
            </strong>
          </p>
        )}
        <p class="from">
          <a href={`/i/${institution.slug}`}>{badge.issuer.name ?? institution.profile.name}</a>
        </p>
      </div>
    </section>
  );
}
