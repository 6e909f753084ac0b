import { and, asc, eq, inArray, isNotNull, or, sql } from 'drizzle-orm';
import * as credentials from '../credentials/index.ts';
import * as dossiers from '../dossiers/index.ts';
import * as institutions from '../institutions/index.ts';
import { institutions as institutionTable } from '../institutions/schema.ts';
import * as people from '../people/index.ts';
import * as portfolio from '../portfolio/index.ts';
import type { Deps } from '../platform/context.ts';
import { auditLog, outbox } from '../platform/schema.ts';
import { connections, importedBadges, oauthClients } from '../wallets/schema.ts';

/** All that we hold about a person, from each folder that holds something. */
export type Held = Awaited<ReturnType<typeof heldAbout>>;

/** @throws DomainError `not-found` */
export async function heldAbout(deps: Deps, personId: string) {
  const known = await people.heldAbout(deps, personId);
  const { roles, invitations } = await institutions.heldAbout(deps, personId);
  const { awards, offers, endorsements } = await credentials.heldAbout(deps, personId);
  const { emails } = people.addressesIn(await people.identitiesOf(deps, personId));
  return {
    ...known,
    roles,
    invitations,
    awards,
    offers,
    endorsements,
    ...(await portfolio.heldAbout(deps, personId)),
    dossiers: await dossiers.heldAbout(deps, personId),
    ...(await atWallets(deps, personId)),
    letters: await lettersTo(deps, emails),
    log: await logOf(deps, personId),
  };
}

/** Whether a letter that waits is addressed to one of these. Its words go once it was sent. */
export const addressedTo = (emails: readonly string[]) =>
  and(isNotNull(outbox.letter), inArray(sql`lower(json_extract(${outbox.letter}, '$.to'))`, emails.slice(0, 80)));

/** Services that they let in, and badges from elsewhere that they keep here. */
async function atWallets({ db: { query } }: Deps, personId: string) {
  const services = await query
    .select({ connection: connections, registration: oauthClients.registration })
    .from(connections)
    .innerJoin(oauthClients, eq(oauthClients.id, connections.clientId))
    .where(eq(connections.personId, personId));
  const imported = await query.select().from(importedBadges).where(eq(importedBadges.personId, personId));
  return {
    services: services.map(({ connection: { clientId, allowed, createdAt }, registration }) => ({
      clientId,
      name: registration.client_name,
      address: registration.client_uri,
      ...allowed,
      createdAt,
    })),
    imported: imported.map(({ personId: _, ...badge }) => badge),
  };
}

async function lettersTo(deps: Deps, emails: readonly string[]) {
  if (!emails.length) return [];
  const rows = await deps.db.query.select().from(outbox).where(addressedTo(emails));
  return rows.map(({ kind, createdAt, dueAt, letter }) => ({
    kind,
    createdAt,
    dueAt,
    to: letter?.to,
    subject: letter?.subject,
    text: letter?.text,
  }));
}

/** What the audit log says that they did, and what was done to their account. */
async function logOf(deps: Deps, personId: string) {
  return deps.db.query
    .select({
      institution: institutionTable.slug,
      at: auditLog.at,
      actor: auditLog.actor,
      action: auditLog.action,
      subject: auditLog.subject,
    })
    .from(auditLog)
    .leftJoin(institutionTable, eq(institutionTable.id, auditLog.institution))
    .where(or(inArray(auditLog.actor, [`person:${personId}`, `member:${personId}`]), eq(auditLog.subject, personId)))
    .orderBy(asc(auditLog.at));
}
