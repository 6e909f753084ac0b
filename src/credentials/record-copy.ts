import { and, eq, isNull, sql } from 'drizzle-orm';
import { commit } from '../platform/audit.ts';
import type { Actor, Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import type { SignedText } from './build-copy.ts';
import { isErased } from './erased.ts';
import { awards, copies } from './schema.ts';
import type { Owner } from './status.ts';

interface Intent {
  row: { id: string; awardId: string; credentialId: string; format: string };
  owner: Owner;
  actor: Actor;
}

/**
 * Records a signed copy, as long as its award is in force at that very moment: one that came to an end meanwhile had its
 * copies turned without this one, or this intent among them.
 * @throws DomainError `award-state`, after the intent was undone
 */
export async function recordCopy(deps: Deps, { row, owner, actor }: Intent, signed: SignedText): Promise<void> {
  const { db } = deps;
  const now = deps.clock();
  const { document, verificationMethod } = signed;
  const inForce = sql`${copies.document} is null and exists (
    select 1 from awards a where a.id = ${row.awardId} and a.state in ('released', 'claimed')
    and a.recipient_key not like 'erased:%')`;
  try {
    await commit(
      db,
      [
        db.query
          .update(copies)
          .set({
            document,
            verificationMethod,
            signedAt: now.toISOString(),
            // A batch does not stop at an UPDATE that matches nothing; it does at a NOT NULL that is broken.
            createdAt: sql`case when ${inForce} then ${copies.createdAt} end`,
          })
          .where(eq(copies.id, row.id)),
      ],
      [
        {
          institution: owner.id,
          actor,
          action: 'credential.issue',
          subject: row.credentialId,
          at: now,
          details: { award: row.awardId, copy: row.id, format: row.format, verificationMethod },
        },
      ],
    );
  } catch (error) {
    const [award] = await db.query
      .select({ state: awards.state, recipientKey: awards.recipientKey })
      .from(awards)
      .where(eq(awards.id, row.awardId));
    const inForceStill = award?.state === 'released' || award?.state === 'claimed';
    if (inForceStill && !isErased(award)) throw error;
    await abandonCopy(deps, owner, row.id);
    throw new DomainError('award-state', 'This badge is not in force, so no copy of it is made.', {
      extensions: { state: award?.state },
    });
  }
  const [kept] = await db.query.select({ document: copies.document }).from(copies).where(eq(copies.id, row.id));
  if (kept?.document !== document)
    throw new DomainError('signing-failed', 'Signing took too long, and was given up. Try again.');
}

/** Undoes an intent: nothing of it left the house. Its place in the list stays taken. */
export async function abandonCopy(deps: Deps, owner: Owner, id: string): Promise<void> {
  await commit(
    deps.db,
    [deps.db.query.delete(copies).where(and(eq(copies.id, id), isNull(copies.document)))],
    [
      {
        institution: owner.id,
        actor: { kind: 'service' },
        action: 'copy.abandon',
        subject: id,
        at: deps.clock(),
        details: {},
      },
    ],
  );
}
