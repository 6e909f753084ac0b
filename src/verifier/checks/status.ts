import { REVOCATION_LIST_TYPE, type StatusEntry, type TokenStatusEntry } from '../../vc/signed-meaning.ts';
import type { Code } from '../codes.ts';
import type { Finding } from '../report.ts';
import type { FetchJson, ListAt, Reason } from '../verify.ts';
import type { Sound } from './form.ts';
import { judgeBitstringEntry } from './status-bitstring.ts';
import { judgeList, type ListDeps, type ListKind, type ListRead, listKinds, readList } from './status-list.ts';
import { judgeRevocationListEntry } from './status-revocation-list.ts';
import { judgeTokenEntry } from './status-token.ts';

type StatusDeps = ListDeps & {
  fetchJson: FetchJson;
  reason?: Reason;
  /** The moment that is asked about, and the lists of our own as they were then. */
  at?: Date;
  listAt?: ListAt;
};

/** Worse first: what is failed decides, and of two failures the one that cannot be undone. */
const WORST: Code[] = ['revoked', 'superseded', 'suspended'];

/**
 * Judges every status entry of a badge, of whatever kind and in whatever order. One that is set decides; after that one
 * that could not be told.
 */
export async function checkStatus({ meaning, issuerId }: Sound, deps: StatusDeps): Promise<Finding> {
  if (meaning.statuses.length === 0) return { outcome: 'not-applicable', code: 'no-status' };
  const readers = { now: currentReader(deps), then: archiveReader(deps) };
  const judge = (entry: StatusEntry | TokenStatusEntry): Promise<Finding> => {
    if (entry.kind === 'token-status-list') return judgeTokenEntry(entry, deps);
    if (entry.types.includes(REVOCATION_LIST_TYPE)) {
      return judgeRevocationListEntry(entry, { credentialId: meaning.id!, issuerId, fetchJson: deps.fetchJson });
    }
    const kinds: Record<string, ListKind> = listKinds;
    const kind = entry.types.map(type => kinds[type]).find(known => known !== undefined);
    if (!kind) {
      const evidence = { list: entry.listCredentials[0], purpose: entry.purposes[0], types: entry.types.slice(0, 4) };
      return Promise.resolve({ outcome: 'unknown', code: 'status-type-unknown', evidence });
    }
    return judgeAsOf(entry, kind, readers, deps);
  };
  return decide(await Promise.all(meaning.statuses.map(judge)));
}

/** The finding that decides, with every entry beside it when there are several. */
function decide(findings: Finding[]): Finding {
  const decides =
    WORST.flatMap(code => findings.filter(finding => finding.outcome === 'failed' && finding.code === code))[0] ??
    findings.find(finding => finding.outcome === 'unknown') ??
    // What the issuer adds says more than that nothing is wrong.
    findings.find(finding => finding.code !== 'status-clear') ??
    findings[0]!;
  if (findings.length === 1) return decides;
  const entries = findings.map(({ outcome, code, evidence }) => ({ ...evidence, outcome, code }));
  return { ...decides, evidence: { ...decides.evidence, entries } };
}

type Reader = (url: string, kind: ListKind) => Promise<ListRead>;

/** Reads each list once. */
function currentReader(deps: StatusDeps): Reader {
  const lists = new Map<string, Promise<ListRead>>();
  return (url, kind) => {
    const reading = lists.get(`${kind.list} ${url}`) ?? readList(url, kind, deps);
    lists.set(`${kind.list} ${url}`, reading);
    return reading;
  };
}

/**
 * A list of our own as it stood at the moment that is asked about: `null` before there was one, `undefined` for a list of
 * others, or of no moment.
 */
function archiveReader({ at, listAt, ...deps }: StatusDeps) {
  return async (url: string, kind: ListKind): Promise<ListRead | null | undefined> => {
    if (!at || at >= deps.now || !listAt) return undefined;
    const document = await listAt(url, at);
    if (document === undefined || document === null) return document;
    // Our own archive says which version stood then, so how long that one was good for does not matter.
    const read = await judgeList(document, url, kind, { ...deps, seen: undefined }, at);
    return 'code' in read ? read : { ...read, expired: false };
  };
}

async function judgeAsOf(
  entry: StatusEntry,
  kind: ListKind,
  readers: { now: Reader; then: ReturnType<typeof archiveReader> },
  { at, reason, now }: StatusDeps,
): Promise<Finding> {
  const list = entry.listCredentials[0];
  const archived = list === undefined ? undefined : await readers.then(list, kind);
  const current = await judgeBitstringEntry(entry, kind, { read: readers.now, reason, now });
  if (archived === null) return { ...current, evidence: { ...current.evidence, listBegan: 'later' } };
  if (!archived) return current;
  // Why a bit is set is known as of today; only what was so already then is told of then.
  const reasonThen: Reason = async (url, index) => {
    const why = await reason?.(url, index);
    return why?.at !== undefined && new Date(why.at) <= at! ? why : undefined;
  };
  const then = await judgeBitstringEntry(entry, kind, { read: async () => archived, reason: reasonThen, now: at! });
  return { ...then, evidence: { ...then.evidence, asOf: at!.toISOString(), codeNow: current.code } };
}
