import { DomainError } from '../../platform/errors.ts';
import { parseJson } from '../../platform/json.ts';
import { VcError } from '../../vc/errors.ts';
import { COMPACT_JWS, headerDefect, type Jws, parseJws } from '../../vc/jws.ts';
import type { TokenStatusEntry } from '../../vc/signed-meaning.ts';
import { getTokenStatus, readTokenList, TOKEN_LIST_TYPE, type TokenStatusList } from '../../vc/status-list-token.ts';
import type { Code } from '../codes.ts';
import type { Finding } from '../report.ts';
import type { Reason } from '../verify.ts';
import { judgeJwt } from './signature-jwt.ts';
import { withdrawn } from './status-bitstring.ts';
import type { ListDeps } from './status-list.ts';

const LIST = { maxBytes: 1_000_000, accept: `application/${TOKEN_LIST_TYPE}` };
const CLOCK_SKEW_MS = 5 * 60_000;

/** draft-ietf-oauth-status-list §7.1; the values from 3 on are for whoever made the list. */
const STATUSES: Record<number, Finding['code']> = { 0: 'status-clear', 1: 'revoked', 2: 'suspended' };

/**
 * Judges a place in a Token Status List (draft-ietf-oauth-status-list §8.3): a JWT of its own, about its own address,
 * by a key of the issuer of what it tells the status of.
 */
export async function judgeTokenEntry(
  { uri, idx }: TokenStatusEntry,
  deps: ListDeps & { reason?: Reason },
): Promise<Finding> {
  const said: Record<string, unknown> = { list: uri, index: idx };
  const unknown = (code: Code, reason?: unknown): Finding => ({
    outcome: 'unknown',
    code,
    evidence: reason === undefined ? said : { ...said, reason },
  });
  if (uri === undefined || idx === undefined || !URL.canParse(uri)) return unknown('status-entry-malformed');

  let fetched: unknown;
  try {
    fetched = await deps.fetchDocument(uri, LIST);
  } catch (error) {
    const reason = (error as { code?: unknown }).code;
    // The same list in CBOR is one that we cannot read, and not one that is away.
    return reason === 'fetch-type-cwt' ? unknown('status-form-unread', 'cwt') : unknown('status-unreachable', reason);
  }
  const jws = read(fetched);
  if (!jws) return unknown('status-list-malformed');
  const spoiled = await signerDefect(jws, deps);
  if (spoiled) return unknown('status-list-invalid', spoiled);

  let list: TokenStatusList;
  try {
    list = await readTokenList(jws.payload, uri);
  } catch (error) {
    if (error instanceof VcError) return unknown('status-list-malformed', error.code);
    throw error;
  }
  const { issuedAt, expires, issuer } = list;
  said.listValidFrom = issuedAt.toISOString();
  said.ageSeconds = Math.floor((deps.now.getTime() - issuedAt.getTime()) / 1000);
  if (issuer !== undefined && issuer !== deps.keyring.issuerId) return unknown('status-list-invalid', 'issuer');
  if (issuedAt.getTime() > deps.now.getTime() + CLOCK_SKEW_MS) return unknown('status-list-invalid', 'not-yet-valid');
  const expired = expires !== undefined && expires.getTime() < deps.now.getTime() - CLOCK_SKEW_MS;
  const stale = deps.seen?.isOlder(`${deps.keyring.issuerId} ${uri}`, issuedAt) ?? false;

  const value = getTokenStatus(list, idx);
  if (value === undefined) return unknown('status-index-out-of-range');
  said.status = `0x${value.toString(16)}`;
  const code = STATUSES[value] ?? 'status-value-unknown';
  // §7.1: INVALID is for good, so that an old list will do; SUSPENDED can have been lifted since.
  if (code === 'revoked') return withdrawn(code, said, deps.reason);
  if (expired) return unknown('status-list-expired');
  if (stale) return unknown('status-stale');
  if (code === 'status-value-unknown') return unknown(code);
  return code === 'suspended' ? withdrawn(code, said, deps.reason) : { outcome: 'ok', code, evidence: said };
}

function read(fetched: unknown): Jws | undefined {
  if (typeof fetched !== 'string' || !COMPACT_JWS.test(fetched.trim())) return undefined;
  try {
    return parseJws(fetched.trim(), json => parseJson(json));
  } catch (error) {
    if (error instanceof VcError || error instanceof DomainError || error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Why it is not certain that the issuer signed this list, or undefined. */
async function signerDefect(jws: Jws, { keyring, methods }: ListDeps): Promise<Code | 'signer' | undefined> {
  // §5.1: without its type another token of the same key could pass for a list.
  const typed =
    String(jws.header.typ ?? '')
      .replace(/^application\//i, '')
      .toLowerCase() === TOKEN_LIST_TYPE;
  if (!typed) return 'proof-malformed';
  const proof = await judgeJwt({ jws, defect: headerDefect(jws.header, [TOKEN_LIST_TYPE]) }, keyring);
  if (proof.outcome !== 'ok') return proof.code;
  const signer = proof.verificationMethod;
  if (keyring.bound) return signer === undefined || keyring.speaks([signer]) ? undefined : 'issuer-key-mismatch';
  return signer !== undefined && methods.includes(signer) ? undefined : 'signer';
}
