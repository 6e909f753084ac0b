import { type DossierRole, type Look, phases, type Told } from '../../../dossiers/index.ts';
import { type Institution, roleName } from '../../../institutions/index.ts';
import type { Role } from '../../../platform/context.ts';
import { day, moment } from '../../format.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';

/** What every part of a page about a dossier knows. */
export interface Seen {
  view: View;
  look: Look;
  institution: Institution;
  /** Who looks, as the events name them. */
  self: string;
  /** Where its forms go, and the nonce that makes a form count once. */
  action: string;
  form: string;
}

/** The four phases as a ring: what lies behind, and where it is. */
export function Ring({ view, look }: Pick<Seen, 'view' | 'look'>) {
  const words = view.t.validations;
  const { phase, cycle } = look.dossier;
  const here = phases.indexOf(phase);
  const arcs = [
    'M66 15.4A45 45 0 0 1 104.6 54',
    'M104.6 66A45 45 0 0 1 66 104.6',
    'M54 104.6A45 45 0 0 1 15.4 66',
    'M15.4 54A45 45 0 0 1 54 15.4',
  ];
  return (
    <svg class="phases" viewBox="0 0 120 120" role="img" aria-label={words.ring(words.phases[phase], here + 1, cycle)}>
      {arcs.map((d, i) => (
        <path class={i < here ? 'arc done' : i === here ? 'arc now' : 'arc'} d={d} />
      ))}
      <text x="60" y="60">
        {words.phaseNames[phase]}
      </text>
      <text class="small" x="60" y="76">
        {words.cycle(cycle)}
      </text>
    </svg>
  );
}

/** How someone who acted is called: by name and role, and "you" for who reads. */
export function whoIs(
  { view, look, institution, self }: Omit<Seen, 'action' | 'form'>,
  event: Pick<Told, 'actor' | 'role'>,
): string {
  const words = view.t.validations.who;
  if (event.actor === self) return words.you;
  const role = wordFor(view, institution, event.role);
  const name = look.names.get(event.actor);
  return name && event.role !== 'timer' ? `${name} (${role})` : role;
}

/** At the start of a line. */
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The word of this kind of institution for a role in a dossier. */
export function wordFor(view: View, institution: Institution, role: DossierRole): string {
  const words = view.t.validations.who;
  if (role === 'learner') return words.theLearner;
  if (role === 'partner' || role === 'timer') return words[role];
  return roleName(view.language, institution.profile.kind, role as Role);
}

/** What goes with each form of the page. */
export function Hidden({ move, form, on, seq }: { move: string; form: string; on?: number; seq?: number }) {
  return (
    <>
      <input type="hidden" name="move" value={move} />
      <input type="hidden" name="form" value={`${form}.${move}.${seq ?? ''}`} />
      {on !== undefined && <input type="hidden" name="on" value={String(on)} />}
      {seq !== undefined && <input type="hidden" name="seq" value={String(seq)} />}
    </>
  );
}

interface LineActProps {
  action: string;
  fields: Record<string, string>;
  label: string;
  /** Which line it is about, for who hears the button and does not see where it stands. */
  about: string;
  small?: boolean;
}

/** One click at a line of a list. */
export const LineAct = ({ action, fields, label, about, small }: LineActProps) => (
  <form method="post" action={action}>
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <button class={small ? 'button quiet small' : 'button quiet'} type="submit">
      {label}
      <span class="visually-hidden">: {about}</span>
    </button>
  </form>
);

/** The judgement that holds: a view of the whole for each unit, advice, and what the learner can see in it. */
export function Judgement(props: Omit<Seen, 'action' | 'form'> & { title?: string }) {
  const { view, look, institution, self } = props;
  const words = view.t.validations.judgement;
  const event = look.events.findLast(each => each.data.type === 'judge');
  if (event?.data.type !== 'judge') return null;
  const { overall, units, advice, sees } = (event.words ?? {}) as Record<string, unknown>;
  const links = new Set(event.data.links.map(link => link.experience)).size;
  return (
    <section id="judgement" aria-labelledby="judgement-title">
      <h2 id="judgement-title">{props.title ?? words.title}</h2>
      <p class="soft">
        {capital(whoIs({ view, look, institution, self }, event))}, {day(event.at, view.language)}
      </p>
      {event.words === null && <p class="soft">{view.t.validations.erased}</p>}
      <Part view={view} title={words.overall} text={overall} />
      {Object.entries((units as Record<string, string> | undefined) ?? {}).map(([id, text]) => (
        <Part view={view} title={look.titles.get(id) ?? look.units.get(id) ?? id} text={text} />
      ))}
      <Part view={view} title={words.advice} text={advice} />
      <Part view={view} title={words.sees} text={sees} />
      {links > 0 && <p class="note apart">{words.links(links)}</p>}
    </section>
  );
}

function Part({ view, title, text }: { view: View; title: string; text: unknown }) {
  if (typeof text !== 'string' || !text) return null;
  return (
    <>
      <h3 class="apart">{title}</h3>
      <p class="spoke">
        <Visible text={text} t={view.t} />
      </p>
    </>
  );
}

/** Every step that was made, for who wants to see them all. */
export function Steps({ view, look, institution, self }: Omit<Seen, 'action' | 'form'>) {
  const words = view.t.validations;
  return (
    <details>
      <summary>{words.quiet}</summary>
      <ol class="steps">
        {look.events.map(event => (
          <li>
            <span class="soft">{moment(event.at, view.language)}</span>{' '}
            {whoIs({ view, look, institution, self }, event)}: {words.moves[event.data.type]}
          </li>
        ))}
      </ol>
    </details>
  );
}

/** All of it on paper, as the side sees it that asks. */
export function ReportLink({ view, base }: { view: View; base: string }) {
  return (
    <p class="note apart">
      <a href={`${base}/report.pdf`} download>
        {view.t.decisions.report.pdf}
      </a>
    </p>
  );
}
