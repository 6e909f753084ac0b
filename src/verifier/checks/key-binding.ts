import { parseJson } from '../../platform/json.ts';
import { VcError } from '../../vc/errors.ts';
import { verifyKeyBinding } from '../../vc/sd-jwt.ts';
import type { ProofResult } from '../../vc/verify-proofs.ts';
import type { Code } from '../codes.ts';
import type { Envelope } from '../read-jwt.ts';

/** Whether a holder has to prove that an SD-JWT is theirs, and for what it was asked. */
export type KeyBinding = { required?: boolean; nonce?: string; audience?: string };

/** The proof of a holder (RFC 9901 §7.3), told as a proof of its own; none where there is none and none was asked. */
export async function judgeKeyBinding(
  { selective }: Envelope,
  { required, ...asked }: KeyBinding,
  now: Date,
): Promise<ProofResult<Code>[]> {
  if (!selective) return [];
  const result = { index: 1, about: 'proof', cryptosuite: 'kb+jwt' } as const;
  if (selective.sdJwt.keyBinding === undefined) {
    return required ? [{ ...result, outcome: 'failed', code: 'key-binding-missing' }] : [];
  }
  try {
    const said = await verifyKeyBinding(selective.sdJwt, { ...asked, now }, json => parseJson(json));
    return [{ ...result, outcome: 'ok', code: 'key-binding-valid', ...said }];
  } catch (error) {
    if (!(error instanceof VcError)) throw error;
    return [{ ...result, outcome: 'failed', code: 'key-binding-invalid' }];
  }
}
