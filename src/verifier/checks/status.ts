import { BITSTRING_ENTRY_TYPE, type StatusEntry, type TokenStatusEntry } from '../../vc/signed-meaning.ts';
import { entriesIn, getBit } from '../../vc/status-list.ts';
import type { Code } from '../codes.ts';
import type { Finding } from '../report.ts';
import type { FetchJson, Reason } from '../verify.ts';
import type { Sound } from './form.ts';
import type { Keyring } from './key.ts';
import { type ListRead, readList } from './status-list.ts';

type StatusDeps = {
  keyring: Keyring;
  /** The methods that signed the badge, for an issuer whose keys are only claimed. */
  methods: string[];
  fetchJson: FetchJson;
  reason?: Reason;
  now: Date;
};

/** Worse first: what is failed decides, and of two failures the one that cannot be undone. */
const WORST: Code[] = ['revoked', 'superseded', 'suspended'];

/**
 * Judges every status entry of a badge (VC-BITSTRING-STATUS-LIST §3.2), in whatever order. A set bit counts even in a
 * list with a defect of form; an unset bit in such a list is no answer.
 */
export async function checkStatus({ meaning }: Sound, deps: StatusDeps): Promise<Finding> {
  if (meaning.statuses.length === 0) return { outcome: 'not-applicable', code: 'no-status' };
  const lists = new Map<string, Promise<ListRead>>();
  const read = (url: string) => {
    const reading = lists.get(url) ?? readList(url, deps);
    lists.set(url, reading);
    return reading;
  };
  const findings = await Promise.all(meaning.statuses.map(entry => judgeEntry(entry, read, deps)));
  const decides =
    WORST.flatMap(code => findings.filter(finding => finding.outcome === 'failed' && finding.code === code))[0] ??
    findings.find(finding => finding.outcome === 'unknown') ??
    findings[0]!;
  if (findings.length === 1) return decides;
  const entries = findings.map(({ outcome, code, evidence }) => ({ ...evidence, outcome, code }));
  return { ...decides, evidence: { ...decides.evidence, entries } };
}

async function judgeEntry(
  entry: StatusEntry | TokenStatusEntry,
  read: (url: string) => Promise<ListRead>,
  { reason, now }: StatusDeps,
): Promise<Finding> {
  if (entry.kind === 'token-status-list') {
    return { outcome: 'unknown', code: 'status-type-unknown', evidence: { list: entry.uri, index: entry.idx } };
  }
  // 1. What the entry says.
  const [purpose] = entry.purposes;
  const [list] = entry.listCredentials;
  const [index] = entry.indexes;
  const said: Record<string, unknown> = { list, purpose, index: index?.text };
  const unknown = (code: Code): Finding => ({ outcome: 'unknown', code, evidence: said });
  if (!entry.types.includes(BITSTRING_ENTRY_TYPE)) return unknown('status-type-unknown');
  const once = [entry.purposes, entry.listCredentials, entry.indexes].every(values => values.length === 1);
  // §2.1: the index is a decimal number written as a string. parseInt would read far more.
  if (!once || !/^(0|[1-9]\d{0,15})$/.test(index!.text) || !URL.canParse(list!))
    return unknown('status-entry-malformed');
  // Other purposes do not speak of validity, and entries of several bits are counted otherwise.
  if ((purpose !== 'revocation' && purpose !== 'suspension') || entry.sizes.some(size => size !== '1')) {
    return unknown('status-type-unknown');
  }
  said.index = Number(index!.text);

  // 2. What the list says.
  const answer = await read(list!);
  if ('code' in answer) {
    Object.assign(said, answer.evidence);
    return unknown(answer.code);
  }
  const { bits, purposes, validFrom, defect, expired } = answer;
  said.listValidFrom = validFrom?.toISOString();
  said.ageSeconds = validFrom && Math.floor((now.getTime() - validFrom.getTime()) / 1000);
  if (!purposes.includes(purpose)) return unknown('status-purpose-mismatch');
  if (Number(index!.text) >= entriesIn(bits)) return unknown('status-index-out-of-range');

  // 3. The bit.
  if (getBit(bits, Number(index!.text))) {
    // A revocation cannot be undone, so an old list will do; a suspension may have been lifted since.
    if (expired && purpose === 'suspension') return unknown('status-list-expired');
    const why = await reason?.(list!, Number(index!.text));
    const code = why?.state ?? (purpose === 'revocation' ? 'revoked' : 'suspended');
    return { outcome: 'failed', code, evidence: { ...said, ...why } };
  }
  if (defect) return unknown(defect);
  if (index!.numeric) return unknown('status-entry-malformed');
  if (expired) return unknown('status-list-expired');
  return { outcome: 'ok', code: 'status-clear', evidence: said };
}
