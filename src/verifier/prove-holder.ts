import type { Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { parseJson } from '../platform/json.ts';
import { VcError } from '../vc/errors.ts';
import { COMPACT_JWS, headerDefect, type Jws, parseJws, verifyJws } from '../vc/jws.ts';
import { timesIn } from '../vc/jwt-claims.ts';
import { verifyDepsOf } from './check.ts';
import { keyringOf } from './checks/key.ts';
import type { Code } from './codes.ts';
import { verifyPresentation } from './presentation.ts';
import { readCandidate } from './read.ts';

/** What somebody has to sign to show that a DID is theirs. */
export interface HolderAsked {
  challenge: string;
  /** Left out for wallets that were not told of one. */
  domain?: string;
}

/** Methods whose keys can be found out by anyone who checks later. */
const METHODS = ['did:key:', 'did:jwk:', 'did:web:'];
const SKEW_MS = 5 * 60_000;

/**
 * The DID that signed what was asked: by a presentation (with Data Integrity or as a JWT; it need not show anything), or
 * by a JWT of `nonce` and `aud` alone. The key has to be one that the DID itself gives for authentication.
 * @throws DomainError `credential-unreadable`; `request-invalid` with the code of what is wrong in `reason`
 */
export async function proveHolder(deps: Deps, answer: string, asked: HolderAsked): Promise<string> {
  const text = answer.trim();
  const jws = COMPACT_JWS.test(text) ? readJws(text) : undefined;
  const bare = jws && !('vp' in jws.payload) && !('@context' in jws.payload);
  const did = bare ? await byJws(deps, jws, asked) : await byPresentation(deps, text, asked);
  if (!METHODS.some(method => did.startsWith(method))) throw refused('did-method-unsupported');
  return did;
}

async function byPresentation(deps: Deps, text: string, asked: HolderAsked): Promise<string> {
  const candidate = readCandidate(COMPACT_JWS.test(text) ? text : parseJson(text), 'vp');
  const { verdict, code, findings } = await verifyPresentation(candidate, asked, verifyDepsOf(deps));
  const holder = findings.holder.evidence?.holder;
  if (verdict !== 'valid' || typeof holder !== 'string') throw refused(code);
  return holder;
}

async function byJws(deps: Deps, jws: Jws, asked: HolderAsked): Promise<string> {
  const { header, payload } = jws;
  const defect = headerDefect(header, ['jwt', 'jose', 'jose+json']);
  if (defect) throw refused(defect);
  const method = typeof header.kid === 'string' ? header.kid : String(payload.iss ?? '');
  const did = method.split('#', 1)[0]!;
  if (payload.iss !== undefined && payload.iss !== did) throw refused('issuer-key-mismatch');
  const { fetchJson, now } = verifyDepsOf(deps);
  const found = await keyringOf(did, { fetchJson, now, purpose: 'authentication' }).keyFor(method);
  if ('code' in found) throw refused(found.code);
  if (!(await verifyJws(jws, found.key))) throw refused('signature-invalid');
  if (payload.nonce !== asked.challenge) throw refused('challenge-mismatch');
  if (asked.domain !== undefined && ![payload.aud].flat().includes(asked.domain)) throw refused('domain-mismatch');
  const times = timesIn(payload);
  if (!times) throw refused('proof-malformed');
  if (times.expires && times.expires.getTime() + SKEW_MS <= now.getTime()) throw refused('proof-expired');
  if (times.notBefore && times.notBefore.getTime() - SKEW_MS > now.getTime()) throw refused('proof-from-future');
  return did;
}

function readJws(text: string): Jws {
  try {
    return parseJws(text, json => parseJson(json));
  } catch (error) {
    if (!(error instanceof VcError || error instanceof TypeError || error instanceof DomainError)) throw error;
    throw new DomainError('credential-unreadable', 'The JWT could not be read.', { cause: error });
  }
}

const refused = (reason: Code) =>
  new DomainError('request-invalid', `The answer of the wallet is not right (${reason}).`, { extensions: { reason } });
