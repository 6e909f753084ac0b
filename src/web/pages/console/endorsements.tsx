import type { Endorsement } from '../../../credentials/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import { day } from '../../format.ts';
import type { View } from '../../view.ts';
import { EndorsementItem } from '../endorsements.tsx';

interface ConsoleEndorsementsProps {
  view: View;
  place: ConsolePlace;
  received: Endorsement[];
  given: Endorsement[];
}

/** What others say of the institution, waiting and shown, and what it said of others. */
export function ConsoleEndorsementsPage({ view, place, received, given }: ConsoleEndorsementsProps) {
  const { console: t } = view.t.endorse;
  const waiting = received.filter(one => !one.acceptedAt);
  const shown = received.filter(one => one.acceptedAt);
  const at = `${place.base}/endorsements`;
  return (
    <>
      <p class="lead">{t.lead}</p>
      <section aria-labelledby="waiting">
        <h2 id="waiting">{t.waiting}</h2>
        {waiting.length === 0 && <p class="empty">{t.waitingNone}</p>}
        {waiting.length > 0 && <p>{t.declineNote}</p>}
        <ul class="shown">
          {waiting.map(one => (
            <EndorsementItem view={view} one={one} about>
              <Said view={view} one={one} />
              <div class="actions">
                <Press path={`${at}/${one.id}/accept`} label={t.accept} of={one.by} />
                <Press path={`${at}/${one.id}/refusal`} label={t.decline} of={one.by} quiet />
              </div>
            </EndorsementItem>
          ))}
        </ul>
      </section>
      <section aria-labelledby="shown">
        <h2 id="shown">{t.shown}</h2>
        {shown.length === 0 && <p class="empty">{t.shownNone}</p>}
        <ul class="shown">
          {shown.map(one => (
            <EndorsementItem view={view} one={one} about>
              <Said view={view} one={one} />
              <Press path={`${at}/${one.id}/refusal`} label={t.takeDown} of={one.by} quiet />
            </EndorsementItem>
          ))}
        </ul>
        <p class="note apart">
          {t.ask} <code>{`${place.institution.url}/endorse`}</code>
        </p>
      </section>
      <section aria-labelledby="given">
        <h2 id="given">{t.given}</h2>
        {given.length === 0 && <p class="empty">{t.givenNone}</p>}
        <ul class="shown">
          {given.map(one => (
            <EndorsementItem view={view} one={one} about>
              <p class="note">{one.acceptedAt ? view.t.endorse.account.shown : view.t.endorse.account.waits}</p>
              <Press path={`${at}/${one.id}/withdrawal`} label={t.withdraw} of={one.about.name} quiet />
            </EndorsementItem>
          ))}
        </ul>
      </section>
    </>
  );
}

const Said = ({ view, one }: { view: View; one: Endorsement }) => (
  <p class="note">{view.t.endorse.console.since(day(one.createdAt, view.language))}</p>
);

const Press = ({ path, label, of, quiet }: { path: string; label: string; of: string; quiet?: boolean }) => (
  <form method="post" action={path}>
    <button class={quiet ? 'button quiet' : 'button'} type="submit" aria-label={`${label}: ${of}`}>
      {label}
    </button>
  </form>
);
