import { mayDo } from '../../../institutions/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import type { View } from '../../view.ts';

/** The pages about dossiers, beside each other: what waits, invitations, questions, how it goes. */
export function DossierRooms({ view, place }: { view: View; place: ConsolePlace }) {
  const { rooms } = view.t.dossiers.work;
  const { actor } = place.ctx;
  const pages = [
    { href: `${place.base}/work`, label: rooms.work, open: true },
    {
      href: `${place.base}/dossiers/invitations`,
      label: rooms.invitations,
      open: mayDo(actor, 'dossier.intake'),
    },
    { href: `${place.base}/dossiers/questions`, label: rooms.questions, open: true },
    { href: `${place.base}/dossiers/flow`, label: rooms.flow, open: mayDo(actor, 'dossier.flow', { whole: true }) },
  ];
  return (
    <nav class="rooms" aria-label={rooms.label}>
      <ul>
        {pages
          .filter(page => page.open)
          .map(({ href, label }) => (
            <li>
              <a href={href} aria-current={href === view.path ? 'page' : undefined}>
                {label}
              </a>
            </li>
          ))}
      </ul>
    </nav>
  );
}
