import { and, asc, eq, isNull } from 'drizzle-orm';
import { DAY_MS } from '../platform/clock.ts';
import type { Deps, SignedIn } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { DomainError, notFound } from '../platform/errors.ts';
import { newId, newToken, sha256Hex } from '../platform/ids.ts';
import { makeMove, type Moved, type Mover } from './move.ts';
import type { Dossier } from './read.ts';
import { dossierPartners, dossiers } from './schema.ts';

export type Partner = typeof dossierPartners.$inferSelect;

/** How long a link for a partner is good; the learner can end it sooner and give a new one. */
export const PARTNER_DAYS = 90;

/**
 * Invites a guide, or a partner from work who needs no account. The link is told once and kept as a hash.
 * @returns the secret of the link, and the move
 */
export async function invitePartner(
  deps: Deps,
  dossier: Dossier,
  mover: Mover,
  { kind, name, form }: { kind: Partner['kind']; name: string; form?: string },
): Promise<Moved & { secret: string; partner: string }> {
  const now = deps.clock();
  const id = newId(now);
  const secret = newToken();
  const row = {
    id,
    dossierId: dossier.id,
    kind,
    name,
    tokenHash: await sha256Hex(secret),
    personId: null,
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + PARTNER_DAYS * DAY_MS).toISOString(),
    endedAt: null,
  };
  const moved = await makeMove(deps, dossier, { type: 'invite-partner', partner: id, kind }, mover, {
    ...(form ? { form } : {}),
    also: () => [deps.db.query.insert(dossierPartners).values(row)],
  });
  return { ...moved, secret, partner: id };
}

/** Ends what a partner may see and do, from the next request on. */
export async function endPartner(deps: Deps, dossier: Dossier, mover: Mover, partner: string): Promise<Moved> {
  const mine = and(eq(dossierPartners.id, partner), eq(dossierPartners.dossierId, dossier.id));
  const [row] = await deps.db.query.select().from(dossierPartners).where(mine);
  if (!row || row.endedAt) throw notFound('partner');
  // A guide who logged in is assigned as a person: letting go of them is a move of the same name.
  return makeMove(
    deps,
    dossier,
    { type: 'end-partner', partner, ...(row.personId ? { person: row.personId } : {}) },
    mover,
    {
      also: () => [partnerEnds(deps, row)],
    },
  );
}

export const partnerEnds = ({ db, clock }: Deps, { id }: Partner): Statement =>
  db.query.update(dossierPartners).set({ endedAt: clock().toISOString() }).where(eq(dossierPartners.id, id));

/** In place of the hash of a link, which somebody whom the institution gave does not have. */
const GIVEN = 'given:';
export const isGiven = ({ tokenHash }: Partner): boolean => tokenHash.startsWith(GIVEN);

/** Someone of the institution beside the learner, as if they had been invited and had come. Their name is their own. */
export function besideLearner({ db, clock }: Deps, { id: dossierId }: Dossier, personId: string): Statement {
  const now = clock();
  const [id, at] = [newId(now), now.toISOString()];
  const given = { id, dossierId, personId, name: '', kind: 'guide', tokenHash: GIVEN + id } as const;
  return db.query.insert(dossierPartners).values({ ...given, createdAt: at, expiresAt: at, endedAt: null });
}

/**
 * What a partner's link leads to. A guide's is used up when they take their place; from then on they sign in.
 * @throws DomainError `link-spent` for one that ended, was taken back, or never was: the same, so that nothing is told
 */
export async function readPartner(deps: Deps, secret: string): Promise<{ partner: Partner; dossier: Dossier }> {
  const found = await findPartner(deps, secret);
  if (found.partner.personId) throw linkEnded();
  return found;
}

const linkEnded = () => new DomainError('link-spent', 'This link has ended. Ask whoever sent it for a new one.');

async function findPartner(deps: Deps, secret: string): Promise<{ partner: Partner; dossier: Dossier }> {
  const [row] = await deps.db.query
    .select({ partner: dossierPartners, dossier: dossiers })
    .from(dossierPartners)
    .innerJoin(dossiers, eq(dossiers.id, dossierPartners.dossierId))
    .where(eq(dossierPartners.tokenHash, await sha256Hex(secret)));
  const ended = !row || row.partner.endedAt || Date.parse(row.partner.expiresAt) <= deps.clock().getTime();
  if (ended || row.dossier.closedAt) throw linkEnded();
  return row;
}

/** A partner as who makes a move; one from work acts by the link alone. */
export const partnerMover = ({ id }: Partner): Mover => ({ actor: { kind: 'bearer' }, id, role: 'partner' });

/**
 * An invited guide takes their place, signed in: from then on they act as a person, and do not assess this learner.
 * @throws DomainError `link-spent`, `forbidden`, `dossier-state`
 */
export async function joinAsGuide(deps: Deps, session: SignedIn, secret: string): Promise<Moved> {
  const { partner, dossier } = await findPartner(deps, secret);
  const { person } = session;
  if (partner.kind !== 'guide') throw new DomainError('forbidden', 'This link is not for a guide.');
  if (partner.personId === person) return { dossier };
  if (partner.personId) throw linkEnded();
  if (dossier.state.staff.guide.includes(person)) throw new DomainError('dossier-state', 'You guide here already.');
  const mover: Mover = { actor: { kind: 'person', person }, id: person, role: 'guide' };
  return makeMove(deps, dossier, { type: 'join-as-guide', partner: partner.id, person }, mover, {
    also: () => [
      deps.db.query.update(dossierPartners).set({ personId: person }).where(eq(dossierPartners.id, partner.id)),
    ],
  });
}

/** Who takes part in a dossier by invitation of its learner, newest last. */
export const listPartners = async (deps: Deps, dossierId: string): Promise<Partner[]> =>
  deps.db.query
    .select()
    .from(dossierPartners)
    .where(and(eq(dossierPartners.dossierId, dossierId), isNull(dossierPartners.endedAt)))
    .orderBy(asc(dossierPartners.createdAt));
