import {
  assignStaff,
  beginDossier,
  type Dossier,
  listOwnDossiers,
  makeMove,
  type Mover,
  readDossier,
} from '../dossiers/index.ts';
import { type Institution, listMemberships } from '../institutions/index.ts';
import { findIdentity } from '../people/index.ts';
import type { Ctx, Deps, SignedIn } from '../platform/context.ts';
import { addExperience, openOwn } from '../portfolio/index.ts';
import { ensureArrived, keyOf, persona } from './arrive.ts';

const LEARNER = 'fatima';

/**
 * A validation under way, of a learner of the local provider with the staff of the demo institution: it was asked for,
 * accepted, talked about and handed in, and waits for the assessor. A second start finds the same one.
 * @returns its id; undefined where the staff has other roles by now
 */
export async function ensureValidation(
  deps: Deps,
  institution: Institution,
  achievement: string,
  issuer: string,
): Promise<string | undefined> {
  const learner = await ensureArrived(deps, issuer, persona(LEARNER));
  const [found] = await listOwnDossiers(deps, learner.person);
  if (found) return found.id;
  const coordinator = await staffOf(deps, institution, issuer, 'daan');
  const assessor = await staffOf(deps, institution, issuer, 'yusuf');
  if (!coordinator || !assessor) return undefined;

  const experiences = await tellExperiences(deps, learner);
  const begun = await beginDossier(deps, learner, {
    institution,
    recognise: true,
    achievements: [achievement],
    aim: 'Ik werk al jaren met anderen in de wijk. Dat wil ik kunnen laten zien als ik ga solliciteren.',
    experiences,
  });
  const now = () => readDossier(deps, begun.dossier);
  const me: Mover = { actor: { kind: 'person', person: learner.person }, id: learner.person, role: 'learner' };
  const does = async (...[mover, command, text]: [Mover, Parameters<typeof makeMove>[2], string?]) =>
    makeMove(deps, await now(), command, mover, text ? { words: { text } } : {});

  await does(coordinator, { type: 'accept' }, 'Fijn dat je dit vraagt. Het duurt ongeveer drie weken en kost niets.');
  await assign(deps, institution, await now(), coordinator, assessor.id);
  const asked = await does(assessor, { type: 'ask', to: 'learner' }, 'Hoe merk je dat iemand meer aankan?');
  await does(
    me,
    { type: 'answer', question: asked.event!.seq },
    'Als iemand zelf met een plan komt. Dan stap ik een stukje terug.',
  );
  await does(me, { type: 'hand-in' });
  return begun.dossier.id;
}

/** Somebody of the staff as who makes a move; undefined for who holds the role no more. */
async function staffOf(deps: Deps, { slug }: Institution, issuer: string, id: string): Promise<Mover | undefined> {
  const { role } = persona(id);
  if (role !== 'coordinator' && role !== 'assessor') return undefined;
  const known = await findIdentity(deps, keyOf(issuer, persona(id)));
  if (!known) return undefined;
  const held = await listMemberships(deps, known.personId);
  if (!held.some(each => each.slug === slug && each.role === role)) return undefined;
  return { actor: { kind: 'person', person: known.personId }, id: known.personId, role };
}

function assign(deps: Deps, institution: Institution, dossier: Dossier, mover: Mover, person: string) {
  const ctx: Ctx = { actor: mover.actor, institution, now: deps.clock(), requestId: 'demo', db: deps.db, deps };
  return assignStaff(ctx, dossier, mover, { role: 'assessor', person });
}

async function tellExperiences(deps: Deps, learner: SignedIn): Promise<string[]> {
  const book = await openOwn(deps, learner);
  const told = [
    {
      title: 'Het buurthuis op zaterdag',
      story:
        'Elke zaterdag deed ik met acht vrijwilligers het buurthuis open. Ik maakte het rooster, en praatte met wie wilde stoppen.',
      periodFrom: '2022-03',
    },
    {
      title: 'Nieuwe vrijwilligers op weg helpen',
      story: 'Wie nieuw was, liep een maand met mij mee. Daarna spraken we af wat iemand zelf wilde doen.',
      periodFrom: '2023-01',
    },
  ];
  const ids: string[] = [];
  for (const each of told)
    ids.push(
      await addExperience(deps, book, {
        kind: 'informal',
        context: 'volunteering',
        periodTo: null,
        answers: {},
        ...each,
      }),
    );
  return ids;
}
