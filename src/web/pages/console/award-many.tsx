import { MAX_LINES } from '../../award-form.ts';
import type { View } from '../../view.ts';
import { About, DecisionFields, type FormProps, KindField } from './award-new.tsx';
import { TextField } from './fields.tsx';

/** What became of one line, before and after the release. */
export interface LineOutcome {
  line: number;
  text: string;
  /** Why it cannot be awarded. */
  wrong?: string;
  /** The award that was made before of the same decision. */
  exists?: string;
  made?: { id: string; held: boolean; offered: boolean; claim: string | null };
}

/** A group, as a form: one achievement, one decision, a line for each person. */
export function ManyForm({ view, place, achievement, content, form }: FormProps) {
  const t = view.t.console.many;
  const [result, another] = content.results;
  const hint = result && !another ? t.linesHintResult(MAX_LINES, result.name) : t.linesHint(MAX_LINES);
  return (
    <>
      <About view={view} place={place} page="many" content={content} />
      <form class="panel" method="post" action={`${place.base}/awards/many?achievement=${achievement}`}>
        <KindField view={view} form={form} />
        <TextField view={view} form={form} name="lines" label={t.lines} hint={hint} rows={10} />
        <DecisionFields view={view} form={form} />
        <p class="actions">
          <button class="button" type="submit" name="step" value="check">
            {t.check}
          </button>
        </p>
      </form>
    </>
  );
}

type DryProps = FormProps & { lines: LineOutcome[]; batch: string; takesTwo: boolean };

/** The list, looked over: what can be awarded, and what is wrong by line. */
export function DryPage({ view, place, achievement, content, form, lines, batch, takesTwo }: DryProps) {
  const t = view.t.console.many;
  const { how } = view.t.console.award;
  const good = lines.filter(l => !l.wrong && !l.exists).length;
  const bad = lines.filter(l => l.wrong).length;
  const names = ['kind', 'lines', 'basis', 'decidedBy', 'decidedOn', 'reference'];
  return (
    <>
      <p class="lead">
        {t.dryLead} {t.good(good)} {bad > 0 && t.bad(bad)}
      </p>
      {takesTwo && <p class="notice apart">{t.second}</p>}
      {good > 0 && !takesTwo && <p class="apart">{content.claim ? how.claim : how.bearer}</p>}
      {good > 0 && bad > 0 && <p>{t.onlyGood}</p>}
      <form class="actions" method="post" action={`${place.base}/awards/many?achievement=${achievement}`}>
        {names.map(name => form.get(name) && <input type="hidden" name={name} value={form.get(name)} />)}
        <input type="hidden" name="batch" value={batch} />
        {good > 0 && (
          <button class="button" type="submit" name="step" value="make">
            {t.release(good)}
          </button>
        )}
        <button class="quiet" type="submit" name="step" value="edit">
          {view.t.console.award.edit}
        </button>
      </form>
      <LineTable view={view} base={place.base} lines={lines} />
    </>
  );
}

/** What was awarded, line by line. */
export function DonePage({ view, place, lines }: Pick<FormProps, 'view' | 'place'> & { lines: LineOutcome[] }) {
  const t = view.t.console.many;
  const made = lines.filter(l => l.made);
  const bad = lines.filter(l => l.wrong).length;
  return (
    <>
      <p class="lead" role="status">
        {t.made(made.length)} {bad > 0 && t.bad(bad)} {made.some(l => l.made!.held) && t.second}
      </p>
      <LineTable view={view} base={place.base} lines={lines} />
      <p class="actions">
        <a class="button" href={`${place.base}/awards`}>
          {t.toList}
        </a>
      </p>
    </>
  );
}

/** The odd ones first: they are what one has to do something about. */
function LineTable({ view, base, lines }: { view: View; base: string; lines: LineOutcome[] }) {
  const t = view.t.console.many;
  const rank = (l: LineOutcome) => (l.wrong ? 0 : l.exists ? 1 : 2);
  return (
    <table class="stack apart">
      <thead>
        <tr>
          <th scope="col">{t.line}</th>
          <th scope="col">{t.lineText}</th>
          <th scope="col">{t.outcome}</th>
        </tr>
      </thead>
      <tbody>
        {lines
          .toSorted((a, b) => rank(a) - rank(b) || a.line - b.line)
          .map(line => (
            <tr>
              <td>{line.line}</td>
              <th scope="row">{line.text}</th>
              <td>
                <Outcome view={view} base={base} line={line} />
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

function Outcome({ view, base, line: { wrong, exists, made } }: { view: View; base: string; line: LineOutcome }) {
  const t = view.t.console.many;
  const { states } = view.t.console.awards;
  if (wrong) return <span class="missing">{wrong}</span>;
  if (exists) return <a href={`${base}/awards/${exists}`}>{t.existed}</a>;
  if (!made) return <>{t.ready}</>;
  return (
    <>
      <a href={`${base}/awards/${made.id}`}>
        {made.held ? states.held : made.offered ? states.offered : states.released}
      </a>
      {made.claim && !made.offered && (
        <span class="note">
          {t.link}: <code>{made.claim}</code>
        </span>
      )}
    </>
  );
}
