import type { StatusEntry } from '../../vc/signed-meaning.ts';
import { entriesIn, getValue, LIST_LENGTH } from '../../vc/status-list.ts';
import type { Code } from '../codes.ts';
import type { Finding } from '../report.ts';
import type { Reason } from '../verify.ts';
import type { ListKind, ListRead } from './status-list.ts';

type BitstringDeps = {
  read: (url: string, kind: ListKind) => Promise<ListRead>;
  reason?: Reason;
  now: Date;
};

/** Bits that one entry may have; a list of the least length then has 4 MiB. */
const MAX_SIZE = 32;

/**
 * Judges one entry in a list of bits (VC-BITSTRING-STATUS-LIST §3.2; StatusList2021). A set bit counts even in a list
 * with a defect of form; an unset bit in such a list is no answer. Only `revocation` and `suspension` make a badge
 * invalid (§2.1); what a purpose that nobody here knows would mean is not guessed at.
 */
export async function judgeBitstringEntry(
  entry: StatusEntry,
  kind: ListKind,
  { read, reason, now }: BitstringDeps,
): Promise<Finding> {
  // 1. What the entry says.
  const [purpose] = entry.purposes;
  const [list] = entry.listCredentials;
  const [index] = entry.indexes;
  const said: Record<string, unknown> = { list, purpose, index: index?.text };
  const unknown = (code: Code): Finding => ({ outcome: 'unknown', code, evidence: said });
  const once = [entry.purposes, entry.listCredentials, entry.indexes].every(values => values.length === 1);
  // §2.1: the index is a decimal number written as a string. parseInt would read far more.
  if (!once || !/^(0|[1-9]\d{0,15})$/.test(index!.text) || !URL.canParse(list!))
    return unknown('status-entry-malformed');
  if (!['revocation', 'suspension', 'refresh', 'message'].includes(purpose!)) return unknown('status-type-unknown');
  const size = sizeOf(entry);
  if (size === undefined) return unknown('status-entry-malformed');
  // What the other values of a purpose that has two would stand for is written nowhere.
  if (size > 1 && purpose !== 'message') return unknown('status-type-unknown');
  const messages = purpose === 'message' ? messagesOf(entry, size) : undefined;
  if (purpose === 'message' && !messages) return unknown('status-entry-malformed');
  said.index = Number(index!.text);

  // 2. What the list says.
  const answer = await read(list!, kind);
  if ('code' in answer) {
    Object.assign(said, answer.evidence);
    return unknown(answer.code);
  }
  const { bits, purposes, validFrom, expired, stale } = answer;
  said.listValidFrom = validFrom?.toISOString();
  said.ageSeconds = validFrom && Math.floor((now.getTime() - validFrom.getTime()) / 1000);
  const entries = Math.floor(entriesIn(bits) / size);
  const defect = answer.defect ?? (entries < LIST_LENGTH ? 'status-list-too-short' : undefined);
  if (!purposes.includes(purpose!)) return unknown('status-purpose-mismatch');
  if (Number(index!.text) >= entries) return unknown('status-index-out-of-range');

  // 3. The value.
  const value = getValue(bits, Number(index!.text), size);
  const isSet = value !== 0;
  if (isSet && purpose === 'revocation') return withdrawn('revoked', said, reason);
  // A revocation cannot be undone, so an old list will do; a suspension may have been lifted since.
  if (isSet && purpose === 'suspension' && !expired && !stale) return withdrawn('suspended', said, reason);
  if (defect) return unknown(defect);
  if (index!.numeric) return unknown('status-entry-malformed');
  if (expired) return unknown('status-list-expired');
  if (stale) return unknown('status-stale');
  if (messages) {
    const status = `0x${value.toString(16)}`;
    return { outcome: 'ok', code: 'status-message', evidence: { ...said, status, message: messages.get(value) } };
  }
  return { outcome: 'ok', code: isSet ? 'status-refresh' : 'status-clear', evidence: said };
}

/** A set bit, with what is known of why, where the list is one of our own. */
export async function withdrawn(
  code: 'revoked' | 'suspended',
  said: Record<string, unknown>,
  reason: Reason | undefined,
): Promise<Finding> {
  const why = await reason?.(String(said.list), Number(said.index));
  return { outcome: 'failed', code: why?.state ?? code, evidence: { ...said, ...why } };
}

/** §2.1: a positive number of bits, one when nothing is said. */
function sizeOf({ sizes }: StatusEntry): number | undefined {
  if (sizes.length === 0) return 1;
  const sound = sizes.length === 1 && /^[1-9]\d?$/.test(sizes[0]!) && Number(sizes[0]) <= MAX_SIZE;
  return sound ? Number(sizes[0]) : undefined;
}

/** §2.1: a message for every value that there can be, each named once in hexadecimal. */
function messagesOf({ messages }: StatusEntry, size: number): Map<number, string> | undefined {
  const named = new Map<number, string>();
  for (const { statuses, messages: texts } of messages) {
    if (statuses.length !== 1 || !/^0x[0-9a-f]{1,8}$/i.test(statuses[0]!) || texts.length !== 1) return undefined;
    named.set(Number(statuses[0]), texts[0]!);
  }
  return named.size === messages.length && named.size === 2 ** size ? named : undefined;
}
