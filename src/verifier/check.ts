import { readListAt, readPublicStatus } from '../credentials/index.ts';
import { readInstitution } from '../institutions/index.ts';
import type { Deps } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { didWebFor } from '../vc/did.ts';
import { countCheck } from './check-counts.ts';
import type { RecipientAsked } from './checks/recipient-asked.ts';
import { readFetched } from './fetched.ts';
import { chooseOne, type Found } from './inputs/choose.ts';
import { type Input, readAny } from './inputs/read-any.ts';
import { readCandidate } from './read.ts';
import type { Report } from './report.ts';
import { createSeenLists, type SeenLists } from './seen-lists.ts';
import { createTimer, recorded, tellDocuments } from './technical.ts';
import { knownByAny, knownByChecker, knownByOperator } from './trust.ts';
import type { TrustList } from './trust-read.ts';
import { type Known, type ListAt, type Reason, type VerifyDeps, verify } from './verify.ts';

/** A badge as a value or a text, whatever it is in as a file, or where it may be found. */
export type CheckInput = { credential: unknown } | { file: Uint8Array } | { url: string };
/** What a checker asks beside the badge. */
export type Asked = {
  /** The moment to judge the dates at, when it is not now. */
  at?: Date;
  /** Whom the checker has in front of them. */
  recipient?: RecipientAsked;
  /** A trust list of the checker's own, for this one check. */
  trust?: TrustList;
  /** Fetches nothing for an issuer that is on no list. */
  onlyTrusted?: boolean;
  /** Adds what engineers need to find out why two verifiers disagree. */
  technical?: boolean;
};
type CheckOptions = Asked & {
  /** Which badge is meant, by its place, where there are several. */
  choice?: number;
};

/**
 * Checks a badge with one budget of fetches, and with what this service knows about its own institutions and awards.
 * @throws DomainError `several-badges`, and what `readAny` and `readCandidate` throw
 */
export async function checkCredential(
  deps: Deps,
  input: CheckInput,
  { choice, ...asked }: CheckOptions = {},
): Promise<Report> {
  const { found, check } = await findBadges(deps, input);
  return check(chooseOne(found, choice), asked);
}

/** The badges in what was handed in, at least one, and the check of one of them; both out of one budget of fetches. */
export async function findBadges(
  deps: Deps,
  input: CheckInput,
): Promise<{ found: Found[]; check: (one: Found, asked?: Asked) => Promise<Report> }> {
  const session = recorded(deps.fetcher.session());
  const counted = (report: Report) => {
    countCheck(deps, report);
    return report;
  };
  const reading = { get: session.get, origin: deps.config.origin, readQr: deps.readQr };
  return {
    found: await readAny(reading, inputOf(input)),
    check: async ({ badge, source }, { trust, technical, ...asked } = {}) => {
      const candidate = { ...readCandidate(badge), ...(source ? { source } : {}) };
      const verifyDeps = verifyDepsOf(deps, session);
      const known = trust ? knownByAny(verifyDeps.known, knownByChecker(trust)) : verifyDeps.known;
      if (!technical) return counted(await verify(candidate, { ...verifyDeps, ...asked, known }));
      const timer = createTimer();
      const report = counted(await timer('all', () => verify(candidate, { ...verifyDeps, ...asked, known, timer })));
      const documents = await tellDocuments(session.used, verifyDeps.now);
      return { ...report, technical: { timing: timer.timing, ...report.technical, documents } };
    },
  };
}

function inputOf(input: CheckInput): Input {
  if ('url' in input) return input;
  if ('file' in input) return { bytes: input.file };
  return typeof input.credential === 'string' ? { text: input.credential } : { value: input.credential };
}

/** Seconds that a key or a list may be old where nobody answers: a list says itself for how long it is good. */
const MAX_KEPT = 7 * 24 * 3_600;

/** What a check needs of the service, with one budget of fetches. */
export function verifyDepsOf(deps: Deps, session = deps.fetcher.session()): VerifyDeps & { known: Known } {
  return {
    now: deps.clock(),
    fetchJson: (url, options) => session.json(url, options),
    fetchDocument: async (url, options) => readFetched(await session.get(url, options)),
    fetchKept: async (url, options) => {
      const fetched = await session.get(url, { ...options, maxKept: MAX_KEPT });
      return { document: readFetched(fetched), at: fetched.fetchedAt };
    },
    listAt: ownListAt(deps),
    seen: seenListsOf(deps),
    known: knownByAny(ownInstitutions(deps), knownByOperator(deps)),
    reason: ownReasons(deps),
  };
}

/** The institutions that the operator of this service let in are a list of their own. */
function ownInstitutions(deps: Deps): Known {
  const prefix = didWebFor(deps.config.origin, '');
  return async did => {
    if (!did.startsWith(prefix)) return [];
    try {
      const { profile, createdAt } = await readInstitution(deps, did.slice(prefix.length));
      const { host } = new URL(deps.config.origin);
      return [{ list: host, owner: host, name: profile.name, by: 'issuer', since: createdAt }];
    } catch (error) {
      if (error instanceof DomainError && error.code === 'not-found') return [];
      throw error;
    }
  };
}

/** How new the lists were that this service has seen, for as long as it runs. */
function seenListsOf(deps: Deps): SeenLists {
  const seen = seenLists.get(deps.db) ?? createSeenLists(deps.clock);
  seenLists.set(deps.db, seen);
  return seen;
}
const seenLists = new WeakMap<Database, SeenLists>();

/** Our own lists are kept by version, so what they said at a moment can be told. */
function ownListAt(deps: Deps): ListAt {
  const prefix = `${deps.config.origin}/status/`;
  return async (listUrl, at) =>
    listUrl.startsWith(prefix) ? readListAt(deps, listUrl.slice(prefix.length), at) : undefined;
}

/** Why a bit of one of our own lists is set; of other lists nobody here knows more than the list says. */
function ownReasons(deps: Deps): Reason {
  return async (listUrl, index) => {
    const prefix = `${deps.config.origin}/status/`;
    if (!listUrl.startsWith(prefix)) return undefined;
    const status = await readPublicStatus(deps, listUrl.slice(prefix.length), index);
    return status && isWithdrawn(status) ? status : undefined;
  };
}

const isWithdrawn = <T extends { state: string }>(
  status: T,
): status is T & { state: 'revoked' | 'suspended' | 'superseded' } =>
  ['revoked', 'suspended', 'superseded'].includes(status.state);
