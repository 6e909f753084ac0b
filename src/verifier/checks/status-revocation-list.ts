import type { StatusEntry } from '../../vc/signed-meaning.ts';
import type { Code } from '../codes.ts';
import type { Finding } from '../report.ts';
import type { FetchJson } from '../verify.ts';
import { idOf } from './form.ts';

type Deps = { credentialId: string; issuerId: string; fetchJson: FetchJson };

const LIST = { maxBytes: 1_000_000, accept: 'application/json' };

/**
 * Judges an entry of 1EdTech's revocation list (VC Revocation List 1.0), the one that OB 3.0 §9.4 names: JSON at the
 * address that is the entry's id. Nobody signs it; that it is the issuer's rests on the badge, which names the address,
 * and on the address.
 */
export async function judgeRevocationListEntry(
  { id: url }: StatusEntry,
  { credentialId, issuerId, fetchJson }: Deps,
): Promise<Finding> {
  const said: Record<string, unknown> = { list: url, unsigned: true };
  const unknown = (code: Code, reason?: unknown): Finding => ({
    outcome: 'unknown',
    code,
    evidence: reason === undefined ? said : { ...said, reason },
  });
  if (url === undefined || !URL.canParse(url)) return unknown('status-entry-malformed');

  let list: unknown;
  try {
    list = await fetchJson(url, LIST);
  } catch (error) {
    return unknown('status-unreachable', (error as { code?: unknown }).code);
  }
  if (!isObject(list)) return unknown('status-list-malformed');
  const { revokedCredential: revoked, issuer } = list;
  // An error that is told in JSON names nothing either; an empty list at least says which list it is.
  if (revoked === undefined ? list.id !== url : !Array.isArray(revoked)) return unknown('status-list-malformed');
  if (issuer !== undefined && idOf(issuer) !== issuerId) return unknown('status-list-invalid', 'issuer');

  const entries = ((revoked ?? []) as unknown[]).map(entry => (isObject(entry) ? entry : undefined));
  const mine = entries.filter(entry => entry?.id === credentialId);
  // Listed is revoked, unless it says in so many words that it is not.
  const found = mine.find(entry => entry!.revoked !== false);
  if (found) {
    const { revocationReason: reason } = found;
    const why = typeof reason === 'string' ? { listReason: reason.slice(0, 500) } : {};
    return { outcome: 'failed', code: 'revoked', evidence: { ...said, ...why } };
  }
  // An entry without an id can be about this badge as well as about any other.
  if (entries.some(entry => typeof entry?.id !== 'string')) return unknown('status-list-malformed');
  return { outcome: 'ok', code: 'status-clear', evidence: said };
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
