import { spend, wasSpent } from '../../people/index.ts';
import type { Deps } from '../../platform/context.ts';
import { DomainError } from '../../platform/errors.ts';
import { parseJson } from '../../platform/json.ts';
import { VcError } from '../../vc/errors.ts';
import { didOfJwk, jwkOfDid } from '../../vc/holder-key.ts';
import { decodeJwk } from '../../vc/jwk.ts';
import { headerDefect, type Jws, parseJws, verifyJws } from '../../vc/jws.ts';
import { PROOF_ALGORITHMS } from './configurations.ts';
import { s256 } from '../oauth/pkce.ts';
import type { Refusal } from '../oauth/refusal.ts';

/** How far `iat` may be from now, both ways (RFC 9449 §11.1). */
const WINDOW_MS = 5 * 60_000;

/** The request that a DPoP proof came with. */
export interface DpopAsked {
  method: string;
  /** Without query and fragment (RFC 9449 §4.2). */
  url: string;
  /** The token that was sent along, at a resource. */
  token?: string;
}

/** A proof, and the request that it came with. */
export interface DpopSent extends DpopAsked {
  proof: string;
}

/**
 * Verifies a DPoP proof (RFC 9449 §4.3) and uses it up: the thumbprint of its key.
 * @throws DomainError with `invalid_dpop_proof`
 */
export async function verifyDpop(deps: Deps, proof: string, asked: DpopAsked): Promise<string> {
  const bad = (cause?: unknown) =>
    new DomainError(asked.token ? 'unauthenticated' : 'request-invalid', 'The DPoP proof is not right, or was used.', {
      extensions: { refusal: 'invalid_dpop_proof' satisfies Refusal },
      cause,
    });
  let jws: Jws;
  let thumbprint: string;
  try {
    jws = parseJws(proof, json => parseJson(json));
    const { typ, alg, kid, jwk } = jws.header;
    if (typ === undefined || kid !== undefined || headerDefect(jws.header, ['dpop+jwt'])) throw bad();
    if (!PROOF_ALGORITHMS.includes(String(alg)) || !(await verifyJws(jws, decodeJwk(jwk)))) throw bad();
    thumbprint = await thumbprintOf(jwk);
  } catch (error) {
    if (error instanceof VcError || error instanceof TypeError || error instanceof DomainError) throw bad(error);
    throw error;
  }
  const { jti, htm, htu, iat, ath } = jws.payload;
  const now = deps.clock().getTime();
  if (typeof jti !== 'string' || !jti || jti.length > 200 || htm !== asked.method || bareUrl(htu) !== asked.url)
    throw bad();
  if (typeof iat !== 'number' || !(Math.abs(now - iat * 1000) <= WINDOW_MS)) throw bad();
  if (asked.token && ath !== (await s256(asked.token))) throw bad();
  try {
    await deps.db.batch(await spend(deps, 'dpop', `${thumbprint}:${jti}`, new Date(iat * 1000 + 2 * WINDOW_MS)));
  } catch (error) {
    throw wasSpent(error) ? bad(error) : error;
  }
  return thumbprint;
}

/** RFC 7638: of the bare members, in the order of the alphabet. */
const thumbprintOf = (jwk: unknown) => s256(JSON.stringify(jwkOfDid(didOfJwk(jwk))));

/** RFC 9449 §4.3: query and fragment do not count. */
function bareUrl(htu: unknown): string | undefined {
  if (typeof htu !== 'string' || !URL.canParse(htu)) return undefined;
  const { origin, pathname } = new URL(htu);
  return origin + pathname;
}
