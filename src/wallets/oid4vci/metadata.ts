import type { Institution } from '../../institutions/index.ts';
import type { Deps } from '../../platform/context.ts';
import { BATCH_SIZE, configurationIds, describeConfigurations, PROOF_ALGORITHMS } from './configurations.ts';

export const PRE_AUTHORIZED = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';

const DETAILS_TYPES = ['openid_credential'];

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
    deferred_credential_endpoint: endpoint(deps, slug, 'deferred'),
    notification_endpoint: endpoint(deps, slug, 'notification'),
    batch_credential_issuance: { batch_size: BATCH_SIZE },
    display: [{ name: profile.name }],
    credential_configurations_supported: describeConfigurations(deps.config.origin, profile.name),
    // Wallets of the Veres family read these here; others pass over what they do not know.
    issuer: issuerId(deps, slug),
    token_endpoint: endpoint(deps, slug, 'token'),
    authorization_details_types_supported: DETAILS_TYPES,
  };
}

/** RFC 8414 §2; OID4VCI §12.3. The institution is its own authorization server. */
export function serverMetadata(deps: Deps, slug: string) {
  return {
    issuer: issuerId(deps, slug),
    authorization_endpoint: `${issuerId(deps, slug)}/authorize`,
    pushed_authorization_request_endpoint: endpoint(deps, slug, 'par'),
    // RFC 9126 §5: what a wallet asks is never read from an address.
    require_pushed_authorization_requests: true,
    authorization_response_iss_parameter_supported: true,
    token_endpoint: endpoint(deps, slug, 'token'),
    grant_types_supported: ['authorization_code', PRE_AUTHORIZED],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: configurationIds,
    token_endpoint_auth_methods_supported: ['none'],
    dpop_signing_alg_values_supported: PROOF_ALGORITHMS,
    authorization_details_types_supported: DETAILS_TYPES,
    'pre-authorized_grant_anonymous_access_supported': true,
  };
}
