import { readPublicStatus } from '../credentials/index.ts';
import { readInstitution } from '../institutions/index.ts';
import type { Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { FetchError } from '../platform/fetch.ts';
import { didWebFor } from '../vc/did.ts';
import { type Candidate, readCandidate } from './read.ts';
import type { Report } from './report.ts';
import { type FetchJson, type Known, type Reason, type VerifyDeps, verify } from './verify.ts';

/** A badge as JSON, as text that holds JSON, or by its address. */
export type CheckInput = { credential: unknown } | { url: string };

const BADGE = { maxBytes: 1_000_000, accept: 'application/vc, application/ld+json, application/json' };

/**
 * Checks a badge with one budget of fetches, and with what this service knows about its own institutions and awards.
 * @throws DomainError `credential-unreachable` for an address that gives no JSON, and what `readCandidate` throws
 */
export async function checkCredential(deps: Deps, input: CheckInput, { at }: { at?: Date } = {}): Promise<Report> {
  const verifyDeps = verifyDepsOf(deps);
  const { fetchJson } = verifyDeps;
  const candidate = 'url' in input ? await fetchCandidate(input.url, fetchJson) : readCandidate(input.credential);
  return verify(candidate, { ...verifyDeps, at });
}

/** What a check needs of the service, with one budget of fetches. */
export function verifyDepsOf(deps: Deps): VerifyDeps {
  const session = deps.fetcher.session();
  return {
    now: deps.clock(),
    fetchJson: (url, options) => session.json(url, options),
    known: ownInstitutions(deps),
    reason: ownReasons(deps),
  };
}

async function fetchCandidate(url: string, fetchJson: FetchJson): Promise<Candidate> {
  let fetched: unknown;
  try {
    fetched = await fetchJson(url, BADGE);
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    throw new DomainError('credential-unreachable', 'There is no badge to read at this address.', {
      cause: error,
      extensions: { reason: error.code },
    });
  }
  // A JSON string is no document; text inside text is not followed.
  if (typeof fetched === 'string') throw new DomainError('credential-unreadable', 'There is no badge at this address.');
  return readCandidate(fetched);
}

/** The one trust list there is so far: the institutions that the operator of this service let in. */
function ownInstitutions(deps: Deps): Known {
  const prefix = didWebFor(deps.config.origin, '');
  return async did => {
    if (!did.startsWith(prefix)) return undefined;
    try {
      const { profile, createdAt } = await readInstitution(deps, did.slice(prefix.length));
      return { list: new URL(deps.config.origin).host, name: profile.name, since: createdAt };
    } catch (error) {
      if (error instanceof DomainError && error.code === 'not-found') return undefined;
      throw error;
    }
  };
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
