import type { Child } from 'hono/jsx';
import { type Institution, mayDo, type Right } from '../../../institutions/index.ts';
import type { Actor } from '../../../platform/context.ts';
import type { View } from '../../view.ts';

export type ConsoleSection =
  | 'work'
  | 'dossiers'
  | 'awards'
  | 'achievements'
  | 'frameworks'
  | 'endorsements'
  | 'groups'
  | 'teams'
  | 'members'
  | 'keys'
  | 'apiKeys'
  | 'settings'
  | 'audit';

interface Section {
  key: ConsoleSection;
  path: string;
  /** One of these opens it. */
  rights?: readonly Right[];
  /** A role for some achievements opens it too. */
  inPart?: true;
}

/** The rooms of the console, and what opens them. */
export const sections: readonly Section[] = [
  { key: 'work', path: '' },
  { key: 'dossiers', path: '/work', rights: ['dossier.read'], inPart: true },
  { key: 'awards', path: '/awards', rights: ['award.read'], inPart: true },
  { key: 'achievements', path: '/achievements', rights: ['achievement.read'], inPart: true },
  { key: 'frameworks', path: '/frameworks', rights: ['framework.read'] },
  { key: 'endorsements', path: '/endorsements', rights: ['endorsement.edit'] },
  { key: 'groups', path: '/groups', rights: ['group.edit'] },
  { key: 'teams', path: '/teams', rights: ['team.edit'] },
  { key: 'members', path: '/members', rights: ['member.read'] },
  { key: 'keys', path: '/keys', rights: ['key.manage'] },
  { key: 'apiKeys', path: '/api-keys', rights: ['api-key.read'] },
  { key: 'settings', path: '/settings', rights: ['profile.update', 'policy.update'] },
  { key: 'audit', path: '/audit', rights: ['audit.read'] },
];

/** The rooms that an actor may open. */
export const openSections = (actor: Actor): Section[] =>
  sections.filter(
    ({ rights, inPart }) => !rights || rights.some(right => mayDo(actor, right, inPart ? {} : { whole: true })),
  );

interface FrameProps {
  view: View;
  institution: Institution;
  actor: Actor;
  current: ConsoleSection;
  title: string;
  alert?: Child;
  /** What was just done, by its key in `t.console.done`; any other text says nothing. */
  done?: string;
  children?: Child;
}

/** The frame of the console: where you are, what you may open, what was just done. */
export function ConsoleFrame({ view, institution, actor, current, title, alert, done, children }: FrameProps) {
  const { frame, done: sentences } = view.t.console;
  const base = `/console/${institution.slug}`;
  const sentence = done && Object.hasOwn(sentences, done) ? sentences[done as keyof typeof sentences] : undefined;
  return (
    <>
      <div class="console-head">
        <nav class="crumbs" aria-label={frame.crumbs}>
          <a href="/console">{frame.title}</a> <span aria-hidden="true">›</span>{' '}
          <a href={base}>{institution.profile.name}</a>
        </nav>
        <nav class="rooms" aria-label={frame.rooms}>
          {/* On a phone the rooms are behind this button, without a script; a browser that knows no popover shows them all. */}
          <button class="menu" type="button" popovertarget="rooms-menu">
            {frame.menu} <strong>{frame.sections[current]}</strong>
          </button>
          <ul id="rooms-menu" popover="auto">
            {openSections(actor).map(({ key, path }) => (
              <li>
                <a
                  href={base + path}
                  aria-current={key === current ? (view.path === base + path ? 'page' : 'true') : undefined}
                >
                  {frame.sections[key]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
      <h1>{title}</h1>
      {alert && (
        <div class="notice wrong" role="alert">
          {alert}
        </div>
      )}
      {sentence && (
        <p class="notice done" role="status">
          {sentence}
        </p>
      )}
      {children}
    </>
  );
}
