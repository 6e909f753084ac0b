import { DAY_MS } from '../../platform/clock.ts';
import { type CheckCount, type Code, codes } from '../../verifier/index.ts';
import { day } from '../format.ts';
import type { View } from '../view.ts';
import { TableHead } from './table-head.tsx';

const verdicts = ['valid', 'indeterminate', 'invalid'] as const;

/** How many checks there were on each day, and how they ended; nothing of who checked what. */
export function Counts({ view, counts }: { view: View; counts: CheckCount[] }) {
  const { counts: t } = view.t.operator;
  const total = sum(counts);
  return (
    <section aria-labelledby="counts">
      <h2 id="counts">{t.heading}</h2>
      <p>{t.lead}</p>
      {total === 0 ? (
        <p class="empty apart">{t.none}</p>
      ) : (
        <>
          <Bars view={view} counts={counts} total={total} />
          <ul class="key">
            {verdicts.map(verdict => (
              <li>
                <svg viewBox="0 0 10 10" aria-hidden="true" focusable="false">
                  <rect class={`b-${verdict}`} width="10" height="10" />
                </svg>{' '}
                {t.verdicts[verdict]}
              </li>
            ))}
          </ul>
          <p class="apart">{t.total(total)}</p>
          <details open>
            <summary>{t.byCause}</summary>
            <ByCause view={view} counts={counts} />
          </details>
          <details>
            <summary>{t.byDay}</summary>
            <ByDay view={view} counts={counts} />
          </details>
        </>
      )}
    </section>
  );
}

const DAYS = 30;
const [WIDTH, HEIGHT, FOOT] = [720, 180, 18];

/** A bar for each day, by verdict; the same numbers stand in the tables below it. */
function Bars({ view, counts, total }: { view: View; counts: CheckCount[]; total: number }) {
  const days = Array.from({ length: DAYS }, (_, i) =>
    new Date(view.now.getTime() - (DAYS - 1 - i) * DAY_MS).toISOString().slice(0, 10),
  );
  const of = (day: string, verdict: string) =>
    sum(counts.filter(count => count.day === day && count.verdict === verdict));
  const most = Math.max(1, ...days.map(day => sum(counts.filter(count => count.day === day))));
  const step = WIDTH / DAYS;
  return (
    <svg
      class="bars"
      viewBox={`0 0 ${WIDTH} ${HEIGHT + FOOT}`}
      role="img"
      aria-label={view.t.operator.counts.drawing(total)}
    >
      <line x1="0" y1={HEIGHT} x2={WIDTH} y2={HEIGHT} />
      <text x="0" y="11">
        {most}
      </text>
      {days.map((day, i) => {
        let y = HEIGHT;
        return verdicts.map(verdict => {
          const height = (of(day, verdict) / most) * (HEIGHT - 16);
          y -= height;
          return height > 0 ? (
            <rect class={`b-${verdict}`} x={i * step + 2} y={y} width={step - 4} height={height} />
          ) : null;
        });
      })}
      {[0, DAYS - 1].map(i => (
        <text x={i === 0 ? 0 : WIDTH} y={HEIGHT + 14} text-anchor={i === 0 ? 'start' : 'end'}>
          {day(days[i]!, view.language)}
        </text>
      ))}
    </svg>
  );
}

function ByCause({ view, counts }: { view: View; counts: CheckCount[] }) {
  const { counts: t } = view.t.operator;
  const causes = [...new Set(counts.map(({ verdict, code }) => `${verdict} ${code}`))]
    .map(key => ({ key, count: sum(counts.filter(({ verdict, code }) => `${verdict} ${code}` === key)) }))
    .sort((a, b) => b.count - a.count);
  return (
    <table class="stack">
      <TableHead columns={[t.cause, t.verdict, t.count]} />
      <tbody>
        {causes.map(({ key, count }) => {
          const [verdict = '', code = ''] = key.split(' ');
          return (
            <tr>
              <th scope="row">
                {codes[code as Code]?.[view.language] ?? code} <code class="code-name">{code}</code>
              </th>
              <td data-label={t.verdict}>{t.verdicts[verdict] ?? verdict}</td>
              <td data-label={t.count}>{count}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function ByDay({ view, counts }: { view: View; counts: CheckCount[] }) {
  const { counts: t } = view.t.operator;
  return (
    <table>
      <TableHead columns={[t.day, ...verdicts.map(verdict => t.verdicts[verdict]!)]} />
      <tbody>
        {[...new Set(counts.map(count => count.day))].reverse().map(one => (
          <tr>
            <th scope="row">{day(one, view.language)}</th>
            {verdicts.map(verdict => (
              <td>{sum(counts.filter(count => count.day === one && count.verdict === verdict))}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const sum = (counts: CheckCount[]): number => counts.reduce((total, { count }) => total + count, 0);
