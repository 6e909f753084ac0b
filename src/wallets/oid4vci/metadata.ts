import type { Institution } from '../../institutions/index.ts';
import type { Deps } from '../../platform/context.ts';
import { BATCH_SIZE, describeConfigurations, PROOF_ALGORITHMS } from './configurations.ts';

export const PRE_AUTHORIZED = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';

/** The identifier of an institution as an issuer to wallets, which proofs are made out to. */
export const issuerId = (deps: Deps, slug: string): string => `${deps.config.origin}/i/${slug}`;

/** Under `/api`, since wallets in browsers call these from other sites, without cookies. */
const endpoint = (deps: Deps, slug: string, name: string) => `${deps.config.origin}/api/oid4vci/${slug}/${name}`;

/** OID4VCI §12.2. */
export function issuerMetadata(deps: Deps, { slug, profile }: Pick<Institution, 'slug' | 'profile'>) {
  return {
    credential_issuer: issuerId(deps, slug),
    credential_endpoint: endpoint(deps, slug, 'credential'),
    nonce_endpoint: endpoint(deps, slug, 'nonce'),
    notification_endpoint: endpoint(deps, slug, 'notification'),
    batch_credential_issuance: { batch_size: BATCH_SIZE },
    display: [{ name: profile.name }],
    credential_configurations_supported: describeConfigurations(deps.config.origin, profile.name),
  };
}

/** RFC 8414 §2; OID4VCI §12.3. The institution is its own authorization server. */
export function serverMetadata(deps: Deps, slug: string) {
  return {
    issuer: issuerId(deps, slug),
    token_endpoint: endpoint(deps, slug, 'token'),
    grant_types_supported: [PRE_AUTHORIZED],
    response_types_supported: [],
    token_endpoint_auth_methods_supported: ['none'],
    dpop_signing_alg_values_supported: PROOF_ALGORITHMS,
    authorization_details_types_supported: ['openid_credential'],
    'pre-authorized_grant_anonymous_access_supported': true,
  };
}
