import type { MyBadgeInFull } from '../../credentials/index.ts';
import { QrCode } from '../qr.tsx';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';

interface OfflineProps {
  view: View;
  badge: MyBadgeInFull;
  /** What the QR code holds. */
  code: string;
}

/** A badge in a QR code that holds the badge itself in short; for its owner, to show where there is no network. */
export function OfflinePage({ view, badge, code }: OfflineProps) {
  const { t } = view;
  const words = t.files.offline;
  const { name } = badge.achievement;
  return (
    <>
      <section aria-labelledby="title">
        <p class="kicker">
          <Visible text={name} t={t} />
        </p>
        <h1 id="title">{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <div class="apart">
          <QrCode text={code} label={words.label(name)} dense />
        </div>
      </section>
      <section aria-labelledby="holds">
        <h2 id="holds">{words.holds}</h2>
        <ul class="plain">
          {Object.values(words.says).map(said => (
            <li>{said}</li>
          ))}
        </ul>
        <p class="apart">{words.honest}</p>
        <p class="apart">{words.revoked}</p>
        <p class="apart">{words.shown}</p>
      </section>
      <p class="apart no-print">
        <a href={`/badges/${badge.id}`}>{t.people.badges.links.back}</a>
      </p>
    </>
  );
}
