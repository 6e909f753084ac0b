import { DomainError } from '../platform/errors.ts';
import { parseDateTimeStamp } from '../vc/date.ts';
import { REFRESH_TYPE } from '../vc/signed-meaning.ts';
import type { Sound } from './checks/form.ts';
import { type Candidate, readCandidate } from './read.ts';
import type { Finding } from './report.ts';
import type { FetchJson } from './verify.ts';

const CLOCK_SKEW_MS = 5 * 60_000;
const BADGE = { maxBytes: 1_000_000, accept: 'application/vc, application/vc+jwt, application/json, text/plain' };

/** A newer version that was found, unjudged; or what there is to say when none was. */
type Refreshed = { candidate: Candidate } | { finding: Finding };

/**
 * Asks once for a newer version of a badge that is signed by its issuer (OB 3.0 §9.4, step 3; VC Credential Refresh
 * 1.0); nothing when the badge names no address for it.
 */
export async function fetchNewer({ meaning }: Sound, fetchDocument: FetchJson): Promise<Refreshed | undefined> {
  const service = meaning.refreshServices.find(({ types }) => types.includes(REFRESH_TYPE));
  if (!service) return undefined;
  const { id: address } = service;
  const unreachable = (reason: unknown): Refreshed => ({
    finding: { outcome: 'unknown', code: 'refresh-unreachable', evidence: { address, reason } },
  });
  if (address === undefined) return unreachable('address');
  let fetched: unknown;
  try {
    fetched = await fetchDocument(address, BADGE);
  } catch (error) {
    return unreachable((error as { code?: unknown }).code);
  }
  try {
    return { candidate: readCandidate(fetched) };
  } catch (error) {
    if (error instanceof DomainError) return unreachable(error.code);
    throw error;
  }
}

/**
 * What is to be said of a version that was found, when it is sound and signed by its issuer. It takes the place of the
 * badge only when it is the same badge: of the same issuer, about the same subject, for the same achievement, no older.
 */
export function judgeNewer(original: Sound, newer: Sound | undefined, now: Date): Finding {
  const address = original.meaning.refreshServices.find(({ types }) => types.includes(REFRESH_TYPE))?.id;
  const refused = (reason: string): Finding => ({
    outcome: 'unknown',
    code: 'refresh-refused',
    evidence: { address, reason },
  });
  if (!newer) return refused('form');
  if (newer.issuerId !== original.issuerId) return refused('issuer');
  if (aboutWhom(newer) !== aboutWhom(original)) return refused('subject');
  if (ofWhat(newer) !== ofWhat(original)) return refused('achievement');
  const [then, since] = [original, newer].map(({ meaning }) =>
    parseDateTimeStamp(meaning.validFrom[0] ?? meaning.issuanceDate[0]),
  );
  if (!then || !since || since < then) return refused('older');
  if (since.getTime() > now.getTime() + CLOCK_SKEW_MS) return refused('not-yet-valid');
  return since > then
    ? { outcome: 'ok', code: 'refresh-newer', evidence: { address, validFrom: since.toISOString() } }
    : { outcome: 'ok', code: 'refresh-same', evidence: { address } };
}

const subjectsOf = ({ document }: Sound): JsonObject[] =>
  [document.credentialSubject ?? []].flat().filter(one => typeof one === 'object' && one !== null) as JsonObject[];

/** The ids of the subjects and, for one without, the identifiers. */
const aboutWhom = (sound: Sound): string =>
  JSON.stringify([
    sound.meaning.subjectIds.map(id => id ?? null),
    subjectsOf(sound).map(({ id, identifier }) => id ?? identifier),
  ]);

const ofWhat = (sound: Sound): string =>
  JSON.stringify(
    subjectsOf(sound).map(({ achievement }) => [achievement ?? []].flat().map(one => (one as JsonObject).id ?? null)),
  );
