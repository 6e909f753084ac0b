import { DomainError } from '../../platform/errors.ts';
import type { Bytes } from '../../vc/bytes.ts';
import { parseDateTimeStamp } from '../../vc/date.ts';
import { VcError } from '../../vc/errors.ts';
import {
  BITSTRING_CREDENTIAL_TYPE,
  BITSTRING_ENTRY_TYPE,
  BITSTRING_LIST_TYPE,
  LIST_2021_CREDENTIAL_TYPE,
  LIST_2021_ENTRY_TYPE,
  LIST_2021_TYPE,
} from '../../vc/signed-meaning.ts';
import { decodeList, decodeList2021, entriesIn, LIST_LENGTH } from '../../vc/status-list.ts';
import type { Code } from '../codes.ts';
import { readCandidate } from '../read.ts';
import type { SeenLists } from '../seen-lists.ts';
import type { FetchJson } from '../verify.ts';
import { checkDates } from './dates.ts';
import { checkForm, type Sound } from './form.ts';
import type { Keyring } from './key.ts';
import { checkSignature } from './signature.ts';

/** What the judging of a status needs, whatever its kind. */
export type ListDeps = {
  keyring: Keyring;
  /** The methods that signed the badge, for an issuer whose keys are only claimed. */
  methods: string[];
  /** A GET of JSON, or of a JWT as a text. */
  fetchDocument: FetchJson;
  seen?: SeenLists;
  now: Date;
};

/** A list that is the issuer's, or why it is none. A `defect` of form spoils an unset bit and no other. */
export type ListRead =
  | {
      bits: Uint8Array;
      purposes: string[];
      validFrom: Date | undefined;
      expired: boolean;
      /** Whether a newer version of it was seen before. */
      stale: boolean;
      defect: Code | undefined;
    }
  | { code: Code; evidence?: Record<string, unknown> };

/** The two kinds of list that are credentials: their types, and how the bits are written. */
export const listKinds = {
  [BITSTRING_ENTRY_TYPE]: { credential: BITSTRING_CREDENTIAL_TYPE, list: BITSTRING_LIST_TYPE, decode: decodeList },
  [LIST_2021_ENTRY_TYPE]: { credential: LIST_2021_CREDENTIAL_TYPE, list: LIST_2021_TYPE, decode: decodeList2021 },
} as const;
export type ListKind = { credential: string; list: string; decode: (encoded: unknown) => Promise<Bytes> };

const LIST = { maxBytes: 1_000_000, accept: 'application/vc, application/vc+jwt;q=0.9, application/json;q=0.9' };

/** Fetches and judges the list at `url`. */
export async function readList(url: string, kind: ListKind, deps: ListDeps): Promise<ListRead> {
  let fetched: unknown;
  try {
    fetched = await deps.fetchDocument(url, LIST);
  } catch (error) {
    return { code: 'status-unreachable', evidence: { reason: (error as { code?: unknown }).code } };
  }
  return judgeList(fetched, url, kind, deps, deps.now);
}

/**
 * Judges a status list: it is a credential, with the issuer of the badge, a proof of its own, an id, a size and dates
 * (VC-BITSTRING-STATUS-LIST §3.2), which are judged at `moment`.
 */
export async function judgeList(
  fetched: unknown,
  url: string,
  kind: ListKind,
  { keyring, methods, seen, now }: ListDeps,
  moment: Date,
): Promise<ListRead> {
  const sound = await readSound(fetched, kind);
  if (!sound) return { code: 'status-list-malformed' };
  if (sound.issuerId !== keyring.issuerId) return { code: 'status-list-invalid', evidence: { reason: 'issuer' } };

  const { signature, key, methods: listMethods } = await checkSignature(sound, keyring, now);
  const failed = [signature, key].find(({ outcome }) => outcome === 'failed');
  if (failed) return { code: 'status-list-invalid', evidence: { reason: failed.code } };
  // An issuer that is no DID proves nothing by itself: then the list has to be signed by the keys that signed the badge.
  const sameSigner = keyring.bound || (listMethods.length > 0 && listMethods.every(method => methods.includes(method)));

  const [list] = sound.meaning.lists;
  const encoded = list?.encodedLists.length === 1 ? list.encodedLists[0] : undefined;
  if (sound.meaning.lists.length !== 1 || !list?.types.includes(kind.list)) return { code: 'status-list-malformed' };
  let bits: Uint8Array;
  try {
    bits = await kind.decode(encoded);
  } catch (error) {
    if (error instanceof VcError) return { code: 'status-list-malformed', evidence: { reason: error.code } };
    throw error;
  }

  const tooShort = entriesIn(bits) < LIST_LENGTH;
  if (signature.outcome !== 'ok' || !sameSigner) {
    // Nobody is known to stand behind this list, so neither a set nor an unset bit counts.
    const reason = signature.outcome === 'ok' ? 'signer' : signature.code;
    return { code: tooShort ? 'status-list-too-short' : 'status-list-invalid', evidence: { reason } };
  }
  const dates = checkDates(sound, moment);
  if (dates.code === 'malformed' || dates.code === 'not-yet-valid') {
    return { code: 'status-list-invalid', evidence: { reason: dates.code } };
  }
  const validFrom = parseDateTimeStamp(sound.meaning.validFrom[0] ?? sound.meaning.issuanceDate[0]);
  return {
    bits,
    purposes: list.purposes,
    validFrom,
    expired: dates.code === 'expired',
    stale: validFrom !== undefined && seen !== undefined && seen.isOlder(`${keyring.issuerId} ${url}`, validFrom),
    defect: tooShort ? 'status-list-too-short' : sound.meaning.id === url ? undefined : 'status-list-invalid',
  };
}

/** Lists that were read before, by what was fetched: many badges lean on one list, which is kept while it is fresh. */
const soundLists = new WeakMap<object, Map<string, Sound>>();

async function readSound(fetched: unknown, { credential }: ListKind): Promise<Sound | undefined> {
  const known = typeof fetched === 'object' && fetched !== null ? fetched : undefined;
  const before = known && soundLists.get(known)?.get(credential);
  if (before) return before;
  try {
    const { finding, sound } = await checkForm(readCandidate(fetched), [credential]);
    if (finding.outcome !== 'ok' || !sound) return undefined;
    if (!known) return sound;
    const kept = { ...sound, verified: new Map() };
    soundLists.set(known, new Map([...(soundLists.get(known) ?? []), [credential, kept]]));
    return kept;
  } catch (error) {
    // That we are too busy to read it says nothing of the list.
    if (error instanceof DomainError && error.code === 'too-busy') throw error;
    // Over a limit, or no object: there is no list in this.
    return undefined;
  }
}
