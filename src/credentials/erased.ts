import { newToken, sha256Hex } from '../platform/ids.ts';
import type { AwardInput } from './award-input.ts';
import type { awards } from './schema.ts';

type Row = typeof awards.$inferSelect;

/** What stands where a signed document stood: enough to recognise a copy that its holder shows, and nothing to read. */
interface ErasedDocument {
  erased: { at: string; salt: string; sha256: string };
}

/** How what is left of an erased document begins. */
export const START = '{"erased":';

/** A salted hash of a document that is erased. */
export async function erasedDocument(document: string, at: Date): Promise<string> {
  const salt = newToken();
  const left: ErasedDocument = { erased: { at: at.toISOString(), salt, sha256: await sha256Hex(salt + document) } };
  return JSON.stringify(left);
}

/** Whether a stored document is only what an erasure left of it. A badge begins with its context. */
export const isErasedDocument = (document: string): boolean => document.startsWith(START);

/** Whether a document is the one of which this is left. */
export async function wasErased(left: string, document: string): Promise<boolean> {
  const { erased } = JSON.parse(left) as ErasedDocument;
  return (await sha256Hex(erased.salt + document)) === erased.sha256;
}

const PREFIX = 'erased:';

/** Whether what was personal in an award was erased. */
export const isErased = (award: Pick<Row, 'recipientKey'>): boolean => award.recipientKey.startsWith(PREFIX);

/**
 * What an erased award is made of: the columns that say nothing about anyone keep their place (id, list, index,
 * achievement, credential id), all others are emptied.
 */
export function emptied({ id, achievementId, input }: Row) {
  const empty: AwardInput = {
    achievement: achievementId,
    recipient: {},
    decision: { basis: input.decision.basis, decidedBy: '', decidedOn: '' },
  };
  return {
    recipientKey: PREFIX + id,
    decidedOn: '',
    reference: '',
    input: empty,
    subjectId: '',
    personId: null,
    identified: null,
  };
}
