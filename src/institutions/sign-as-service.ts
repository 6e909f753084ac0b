import type { Deps } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import type { Profile } from '../vc/open-badge.ts';
import { sign } from '../vc/proof.ts';
import { objectionOf } from '../vc/reference.ts';
import { serviceSigner } from './service-key.ts';

/**
 * Signs for someone what they said, as the service; the reference library has looked at it before it leaves.
 * @returns the document as text
 * @throws DomainError `signing-failed`, and what `serviceSigner` throws
 */
export async function signAsService(deps: Deps, at: Date, make: (service: Profile) => object): Promise<string> {
  const signer = await serviceSigner(deps);
  const { origin } = deps.config;
  const document = make({ id: signer.controller, type: ['Profile'], name: new URL(origin).host, url: origin });
  try {
    const signed = await sign(document, signer, { created: at });
    const objection = await objectionOf(signed, signer, at);
    if (objection) throw new Error(objection);
    return JSON.stringify(signed);
  } catch (cause) {
    throw new DomainError('signing-failed', 'It was not signed. Nothing is lost; try again.', { cause });
  }
}
