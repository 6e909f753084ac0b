import { parseDateTimeStamp } from '../../vc/date.ts';
import { VcError } from '../../vc/errors.ts';
import { BITSTRING_CREDENTIAL_TYPE, BITSTRING_LIST_TYPE } from '../../vc/signed-meaning.ts';
import { decodeList, entriesIn, LIST_LENGTH } from '../../vc/status-list.ts';
import type { Code } from '../codes.ts';
import { readCandidate } from '../read.ts';
import type { FetchJson } from '../verify.ts';
import { checkDates } from './dates.ts';
import { checkForm, type Sound } from './form.ts';
import type { Keyring } from './key.ts';
import { checkSignature } from './signature.ts';

/** A list that is the issuer's, or why it is none. A `defect` of form spoils an unset bit and no other. */
export type ListRead =
  | { bits: Uint8Array; purposes: string[]; validFrom: Date | undefined; expired: boolean; defect: Code | undefined }
  | { code: Code; evidence?: Record<string, unknown> };

const LIST = { maxBytes: 1_000_000, accept: 'application/vc, application/json;q=0.9' };

/**
 * Fetches and judges a status list: it is a credential, with the issuer of the badge, a proof of its own, an id, a size
 * and dates (VC-BITSTRING-STATUS-LIST §3.2).
 */
export async function readList(
  url: string,
  { fetchJson, keyring, methods, now }: { fetchJson: FetchJson; keyring: Keyring; methods: string[]; now: Date },
): Promise<ListRead> {
  let fetched: unknown;
  try {
    fetched = await fetchJson(url, LIST);
  } catch (error) {
    return { code: 'status-unreachable', evidence: { reason: (error as { code?: unknown }).code } };
  }
  const sound = await readSound(fetched);
  if (!sound) return { code: 'status-list-malformed' };
  if (sound.issuerId !== keyring.issuerId) return { code: 'status-list-invalid', evidence: { reason: 'issuer' } };

  const { signature, key, methods: listMethods } = await checkSignature(sound, keyring, now);
  const failed = [signature, key].find(({ outcome }) => outcome === 'failed');
  if (failed) return { code: 'status-list-invalid', evidence: { reason: failed.code } };
  // An issuer that is no DID proves nothing by itself: then the list has to be signed by the keys that signed the badge.
  const sameSigner = keyring.bound || listMethods.every(method => methods.includes(method));

  const [list] = sound.meaning.lists;
  const encoded = list?.encodedLists.length === 1 ? list.encodedLists[0] : undefined;
  if (sound.meaning.lists.length !== 1 || !list?.types.includes(BITSTRING_LIST_TYPE))
    return { code: 'status-list-malformed' };
  let bits: Uint8Array;
  try {
    bits = await decodeList(encoded);
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
  const dates = checkDates(sound, now);
  if (dates.code === 'malformed' || dates.code === 'not-yet-valid') {
    return { code: 'status-list-invalid', evidence: { reason: dates.code } };
  }
  return {
    bits,
    purposes: list.purposes,
    validFrom: parseDateTimeStamp(sound.meaning.validFrom[0]),
    expired: dates.code === 'expired',
    defect: tooShort ? 'status-list-too-short' : sound.meaning.id === url ? undefined : 'status-list-invalid',
  };
}

async function readSound(fetched: unknown): Promise<Sound | undefined> {
  try {
    const { finding, sound } = await checkForm(readCandidate(fetched), [BITSTRING_CREDENTIAL_TYPE]);
    return finding.outcome === 'ok' ? sound : undefined;
  } catch {
    // Over a limit, or no object: there is no list in this.
    return undefined;
  }
}
