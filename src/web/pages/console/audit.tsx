import { type ApiKey, mayDo, type Member, roleName } from '../../../institutions/index.ts';
import type { readAudit } from '../../../platform/audit.ts';
import type { ConsolePlace } from '../../console.tsx';
import { stamp } from '../../format.ts';
import type { View } from '../../view.ts';
import { whatWasDone } from '../../what-was-done.ts';
import { TableHead } from '../table-head.tsx';

export type AuditRow = Awaited<ReturnType<typeof readAudit>>[number];

interface AuditProps {
  view: View;
  place: ConsolePlace;
  rows: AuditRow[];
  /** Where the older rows begin. */
  before?: number;
  first: boolean;
  members: Member[];
  apiKeys: ApiKey[];
}

/** What was done, by whom and when, in words; the codes stand in the download. */
export function AuditPage({ view, place, rows, before, first, members, apiKeys }: AuditProps) {
  const t = view.t.console.audit;
  const at = `${place.base}/audit`;
  return (
    <>
      <p class="lead">{t.lead}</p>
      <p class="actions">
        <a href={`${at}.csv`}>{t.download}</a>
        {!first && <a href={at}>{t.newest}</a>}
      </p>
      {rows.length === 0 && <p class="empty apart">{t.none}</p>}
      {rows.length > 0 && (
        <table class="stack apart">
          <TableHead columns={[t.when, t.who, t.what, t.about]} />
          <tbody>
            {rows.map(row => (
              <tr>
                <td class="code-cell">{stamp(row.at, view.language)}</td>
                <td>{whoDid(view, place, row.actor, { members, apiKeys })}</td>
                <td>{whatWasDone(view, row.action)}</td>
                <td>
                  <Subject place={place} row={row} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {before !== undefined && (
        <p class="actions">
          <a href={`${at}?before=${before}`}>{t.older}</a>
        </p>
      )}
    </>
  );
}

/** Who acted: the log holds a random id, and a name only while they have a role here. */
function whoDid(view: View, place: ConsolePlace, actor: string, known: { members: Member[]; apiKeys: ApiKey[] }) {
  const { actors } = view.t.console.audit;
  const [kind = '', id = ''] = actor.split(':', 2);
  if (kind === 'api-key') {
    const key = known.apiKeys.find(k => k.id === id);
    return actors.apiKey(key?.label ?? id);
  }
  const held = known.members.filter(m => m.person === id);
  if (kind === 'member' && held[0]) {
    const name = held[0].name ?? held[0].account ?? actors.member;
    const roles = held.map(m => roleName(view.language, place.institution.profile.kind, m.role)).join(', ');
    return `${name} (${roles})`;
  }
  if (kind === 'member' || kind === 'person') return kind === 'member' ? actors.member : actors.person;
  return Object.hasOwn(actors, kind) ? String(actors[kind as 'operator' | 'service' | 'bearer']) : actor;
}

/** What it was about, with a way there for who may look. */
function Subject({ place, row }: { place: ConsolePlace; row: AuditRow }) {
  const noun = row.action.split('.', 1)[0];
  const shown = <code>{row.subject}</code>;
  if (noun === 'award' && mayDo(place.ctx.actor, 'award.read'))
    return <a href={`${place.base}/awards/${row.subject}`}>{shown}</a>;
  if (noun === 'achievement' && mayDo(place.ctx.actor, 'achievement.read'))
    return <a href={`${place.base}/achievements/${row.subject}`}>{shown}</a>;
  return shown;
}
