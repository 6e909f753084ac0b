import type { Flow } from '../../../dossiers/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import { number } from '../../format.ts';
import type { View } from '../../view.ts';
import { type FlowPart, flowParts } from './dossier-flow-parts.ts';
import { DossierRooms } from './dossier-rooms.tsx';

interface FlowProps {
  view: View;
  place: ConsolePlace;
  flow: Flow;
}

/** How dossiers go: counts of groups, drawn and in a table, with no score of anyone. */
export function FlowPage({ view, place, flow }: FlowProps) {
  const words = view.t.dossiers.flow;
  return (
    <>
      <DossierRooms view={view} place={place} />
      <p class="lead">{words.lead}</p>
      <p class="note">{words.small}</p>
      <p class="actions">
        <a class="button" href={`${place.base}/dossiers/flow.csv`}>
          {words.csv}
        </a>
      </p>
      {flowParts(view, place.institution, flow).map(part => (
        <PartOfFlow view={view} part={part} />
      ))}
    </>
  );
}

function PartOfFlow({ view, part }: { view: View; part: FlowPart }) {
  const words = view.t.dossiers.flow;
  const { key, title, rows, days } = part;
  return (
    <section aria-labelledby={key}>
      <h2 id={key}>{title}</h2>
      {rows.length === 0 ? (
        <p>{words.cameNone}</p>
      ) : (
        <>
          <Bars view={view} part={part} />
          <table class="stack">
            <caption class="visually-hidden">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{words.what}</th>
                <th scope="col">{words.count}</th>
                {days && <th scope="col">{words.days}</th>}
              </tr>
            </thead>
            <tbody>
              {rows.map(row => (
                <tr>
                  <th scope="row">{row.label}</th>
                  <td data-label={words.count}>
                    {row.count === null ? words.fewer : number(row.count, view.language)}
                  </td>
                  {days && <td data-label={words.days}>{row.days ?? '–'}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

const [WIDTH, LINE] = [640, 30];

/** The counts as bars; a group that is too small to tell has none. */
function Bars({ view, part: { title, rows } }: { view: View; part: FlowPart }) {
  const words = view.t.dossiers.flow;
  const most = Math.max(1, ...rows.map(row => row.count ?? 0));
  const room = WIDTH - 250 - 110;
  return (
    <svg class="flow-bars" viewBox={`0 0 ${WIDTH} ${rows.length * LINE}`} role="img" aria-label={words.chart(title)}>
      {rows.map(({ label, count }, i) => (
        <>
          <text x="0" y={i * LINE + 20}>
            {label.length > 32 ? `${label.slice(0, 31)}…` : label}
          </text>
          <rect x="250" y={i * LINE + 6} height="18" width={Math.round(((count ?? 0) / most) * room)} />
          <text x={256 + Math.round(((count ?? 0) / most) * room)} y={i * LINE + 20}>
            {count === null ? words.fewer : count}
          </text>
        </>
      ))}
    </svg>
  );
}
