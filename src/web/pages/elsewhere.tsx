import { type Code, codes } from '../../verifier/index.ts';
import type { ImportedBadge } from '../../wallets/index.ts';
import { readBadgeView } from '../badge-view.ts';
import { day, moment } from '../format.ts';
import type { Report } from '../report.ts';
import { type Outcome, Sign } from '../signs.tsx';
import type { View } from '../view.ts';
import { parts, Visible } from '../visible.tsx';
import { Verdict } from './answer.tsx';
import { BadgeCard } from './badge.tsx';

export type AddRefusal = 'refused' | 'unread' | 'several' | 'tooLarge';

/** Something from elsewhere, to be checked and then kept. It works without any script. */
export function AddBadgePage({ view, refused }: { view: View; refused?: AddRefusal | undefined }) {
  const { t } = view;
  const words = t.people.badges.elsewhere;
  const described = (hint: string) => (refused ? `refused ${hint}` : hint);
  return (
    <section aria-labelledby="title">
      <h1 id="title">{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <form class="panel" method="post" action="/badges/add" enctype="multipart/form-data">
        {refused && (
          <p class="error apart" id="refused" role="alert">
            {words[refused]}
          </p>
        )}
        <div class="field">
          <label for="text">{t.form.text}</label>
          <span class="hint" id="text-hint">
            {t.form.textHint}
          </span>
          <textarea
            id="text"
            name="text"
            rows={4}
            spellcheck={false}
            autocomplete="off"
            autocapitalize="none"
            aria-describedby={described('text-hint')}
          ></textarea>
        </div>
        <p class="or">{t.form.or}</p>
        <div class="field">
          <label for="file">{t.form.file}</label>
          <span class="hint" id="file-hint">
            {t.form.fileHint}
          </span>
          <input id="file" name="file" type="file" aria-describedby={described('file-hint')} />
        </div>
        <p class="actions">
          <button class="button" type="submit">
            {words.submit}
          </button>
        </p>
      </form>
      <p class="note apart">{words.only}</p>
    </section>
  );
}

/** What the check found, and the button that keeps it. */
export function AddedPage(props: { view: View; report: Report; document: string; source: string }) {
  const { view, report, document, source } = props;
  const words = view.t.people.badges.elsewhere;
  const badge = readBadgeView(report.credential, view.language);
  const doubtful = report.checks.find(check => check.id === 'signature')?.outcome !== 'ok';
  return (
    <>
      <Verdict view={view} report={report} badge={badge} level={1} />
      {doubtful && <p class="notice warn">{view.t.badge.asReadWarning}</p>}
      {report.credential !== null && <BadgeCard view={view} badge={badge} doubtful={doubtful} />}
      <section aria-labelledby="keep">
        <h2 id="keep">{words.keep}</h2>
        <p>{words.keepLead}</p>
        <form class="actions" method="post" action="/badges/add/keep">
          <input type="hidden" name="document" value={document} />
          <input type="hidden" name="source" value={source} />
          <button class="button" type="submit">
            {words.keep}
          </button>
          <a href="/badges/add">{words.another}</a>
        </form>
      </section>
    </>
  );
}

const signs: Record<ImportedBadge['verdict'], Outcome> = { valid: 'ok', invalid: 'failed', indeterminate: 'unknown' };

/** What the check said then, by sign and word. */
export const ThenWord = ({ view, badge }: { view: View; badge: ImportedBadge }) => (
  <span class="state">
    <Sign outcome={signs[badge.verdict]} /> {view.t.people.badges.elsewhere.verdicts[badge.verdict]}
  </span>
);

interface ElsewhereProps {
  view: View;
  badge: ImportedBadge;
  done: string | undefined;
}

/** A badge from elsewhere, with what is known of it and since when. */
export function ElsewherePage({ view, badge, done }: ElsewhereProps) {
  const { t, language } = view;
  const words = t.people.badges.elsewhere;
  const told = { kept: words.kept, checked: words.checked }[done ?? ''];
  const shown = readBadgeView(badge.content, language);
  const why = codes[badge.code as Code]?.[language];
  const path = `/badges/elsewhere/${badge.id}`;
  return (
    <>
      {told && (
        <p class="notice done" role="status">
          {told}
        </p>
      )}
      <section aria-labelledby="title">
        <p class="domain">{shown.issuer.domain ?? t.badge.noDomain}</p>
        <h1 id="title">
          <Visible text={shown.title ?? t.badge.untitled} t={t} />
        </h1>
        <p class="apart">
          <ThenWord view={view} badge={badge} /> {badge.verdict !== 'valid' && why && parts(why, t)}
        </p>
        <p class="note">{words.lead1(moment(badge.checkedAt, language))}</p>
        <div class="actions">
          <form method="post" action={`${path}/check`}>
            <button class="button" type="submit">
              {words.check}
            </button>
          </form>
          <a href={`${path}/badge`} download>
            {words.download}
          </a>
        </div>
        <p class="note apart">
          {words.from}: {words.sources[badge.source] ?? <Visible text={badge.source} t={t} />}. {words.keptOn}{' '}
          {day(badge.createdAt, language)}. {words.only}
        </p>
      </section>
      <section aria-labelledby="as-read">
        <h2 id="as-read">{words.asRead}</h2>
        <BadgeCard view={view} badge={shown} doubtful />
      </section>
      <details>
        <summary>{words.remove}</summary>
        <p>{words.removeLead}</p>
        <form class="actions" method="post" action={`${path}/remove`}>
          <button class="button quiet" type="submit">
            {words.remove}
          </button>
        </form>
      </details>
      <p class="apart">
        <a href="/badges">{t.people.badges.badge.back}</a>
      </p>
    </>
  );
}
