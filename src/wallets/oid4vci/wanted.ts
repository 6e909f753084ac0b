import { z } from 'zod';
import { parseJson } from '../../platform/json.ts';
import { type Configuration, configurationIds, isConfiguration } from './configurations.ts';
import { refused } from '../oauth/refusal.ts';

/** What a wallet asked for, and so may fetch: by identifiers that it is given, or by the names in the metadata. */
export interface Wanted {
  identified: Configuration[];
  named: Configuration[];
}

const details = z
  .array(
    z.looseObject({
      type: z.literal('openid_credential'),
      credential_configuration_id: z.enum(configurationIds as [Configuration, ...Configuration[]]),
    }),
  )
  .min(1)
  .max(configurationIds.length);

/**
 * The configurations that `authorization_details` asks for (RFC 9396; OID4VCI §5.1.1); none when it was not sent.
 * @throws DomainError with `invalid_authorization_details`
 */
export function readDetails(text: string | undefined): Configuration[] {
  if (text === undefined) return [];
  try {
    return [...new Set(details.parse(parseJson(text)).map(d => d.credential_configuration_id))];
  } catch (cause) {
    throw refused('invalid_authorization_details', 'The authorization_details ask for what is not offered.', cause);
  }
}

/**
 * What an authorization request asks for. Scopes that are not ours are passed over (OID4VCI §5.1.2); what both ask for,
 * the details ask for.
 * @throws DomainError with `invalid_authorization_details`; `invalid_scope` when it asks for nothing
 */
export function readWanted(scope: string | undefined, authorizationDetails: string | undefined): Wanted {
  const identified = readDetails(authorizationDetails);
  const scopes = new Set((scope ?? '').split(' ').filter(isConfiguration));
  const named = [...scopes].filter(id => !identified.includes(id));
  if (!identified.length && !named.length)
    throw refused('invalid_scope', `Ask for a credential: a scope of ${configurationIds.join(', ')}.`);
  return { identified, named };
}

/**
 * What is left of a grant once a token request says what it wants of it.
 * @throws DomainError with `invalid_authorization_details` for more than was granted
 */
export function narrow(granted: Wanted, asked: Configuration[]): Wanted {
  if (!asked.length) return granted;
  if (asked.some(id => !granted.identified.includes(id) && !granted.named.includes(id)))
    throw refused('invalid_authorization_details', 'The authorization_details ask for more than was granted.');
  return { identified: asked, named: [] };
}

/** What the token response says of it (RFC 9396 §7, OID4VCI §6.2; RFC 6749 §5.1). */
export const tellWanted = ({ identified, named }: Wanted) => ({
  ...(identified.length
    ? {
        authorization_details: identified.map(id => ({
          type: 'openid_credential',
          credential_configuration_id: id,
          credential_identifiers: [id],
        })),
      }
    : {}),
  ...(named.length ? { scope: named.join(' ') } : {}),
});
