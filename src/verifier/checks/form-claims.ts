import { isUrl } from '../../vc/data-model.ts';
import {
  BADGE_TYPE,
  BITSTRING_ENTRY_TYPE,
  CREDENTIAL_TYPE,
  type SignedMeaning,
  type StatusEntry,
} from '../../vc/signed-meaning.ts';
import type { Code } from '../codes.ts';
import type { Candidate } from '../read.ts';
import type { Finding } from '../report.ts';
import { findKeyword, idOf, type Sound } from './form.ts';

const BADGE_TYPES = ['OpenBadgeCredential', 'AchievementCredential'];

/**
 * Reads claims that are no JSON-LD, as in an SD-JWT VC (draft-ietf-oauth-sd-jwt-vc §3.2): their meaning is what they say,
 * since nothing but their names gives it. With an achievement it is a badge; without, it is told what else it is.
 */
export function checkClaims({ document, envelope }: Candidate, types: string[]): { finding: Finding; sound?: Sound } {
  const fail = (code: Code, evidence?: Finding['evidence']) => ({
    finding: { outcome: 'failed', code, evidence } as Finding,
  });
  // Without a context these would be shown and mean nothing.
  const keyword = findKeyword(document);
  if (keyword) return fail('keyword-not-allowed', { keyword });
  if (envelope?.conflict) return fail('malformed', { claim: envelope.conflict });
  const issuerId = idOf(document.issuer);
  // draft-ietf-oauth-sd-jwt-vc §3.2.2.2: a certificate may say who the issuer is. Nobody here can tell whether it is right.
  if (document.issuer === undefined && Array.isArray(envelope?.jws.header.x5c)) {
    const evidence = { certificate: 'not-checked' };
    return { finding: { outcome: 'unknown', code: 'issuer-unbound', evidence } };
  }
  if (issuerId === undefined || !isUrl(issuerId)) return fail('malformed', { claim: 'iss' });
  const vct = envelope?.selective?.vct;
  if (!vct) return fail('malformed', { claim: 'vct' });

  const subjects = [document.credentialSubject].flat().filter(isObject);
  const isBadge =
    subjects.some(({ achievement }) => isObject(achievement)) ||
    [document.type].flat().some(type => BADGE_TYPES.includes(String(type)));
  const meaning: SignedMeaning = {
    id: typeof document.id === 'string' ? document.id : undefined,
    types: [CREDENTIAL_TYPE, ...(isBadge ? [BADGE_TYPE] : [])],
    issuerIds: [issuerId],
    subjectIds: subjects.length > 0 ? subjects.map(idOf) : [idOf(document.sub)],
    validFrom: texts(document.validFrom),
    validUntil: texts(document.validUntil),
    issuanceDate: texts(document.issuanceDate),
    expirationDate: texts(document.expirationDate),
    statuses: [...(envelope?.status ? [envelope.status] : []), ...statusesOf(document.credentialStatus)],
    refreshServices: [],
    lists: [],
  };
  const sound: Sound = {
    document,
    envelope,
    dataset: { root: meaning.id, quads: [] },
    meaning,
    issuerId,
    mayLackDates: true,
    loader: async () => Promise.reject(new TypeError('Claims have no contexts.')),
  };
  // A badge that was asked for may turn out to be another credential; a status list may not.
  const missing = types.filter(type => type !== BADGE_TYPE && !meaning.types.includes(type));
  if (missing.length > 0) return fail('not-an-open-badge', { missing });
  const code = types.includes(BADGE_TYPE) && !isBadge ? 'form-other-credential' : 'form-sound';
  return { finding: { outcome: 'ok', code, evidence: { vct } }, sound };
}

/** A status as it stands in JSON. Whatever is not written as it should be is an entry that cannot be judged. */
function statusesOf(status: unknown): StatusEntry[] {
  return (status === undefined ? [] : [status].flat()).map(entry => {
    const { id, type, statusPurpose, statusListIndex, statusSize, statusListCredential } = isObject(entry) ? entry : {};
    return {
      kind: 'credential-status',
      id: typeof id === 'string' ? id : undefined,
      types: [type].flat().map(name => (name === 'BitstringStatusListEntry' ? BITSTRING_ENTRY_TYPE : String(name))),
      purposes: texts(statusPurpose),
      indexes: [statusListIndex].flat().map(index => ({ text: String(index), numeric: typeof index === 'number' })),
      sizes: statusSize === undefined ? [] : [String(statusSize)],
      listCredentials: texts(statusListCredential),
      messages: [],
    };
  });
}

const texts = (value: unknown): string[] => [value].flat().filter(item => typeof item === 'string');

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
