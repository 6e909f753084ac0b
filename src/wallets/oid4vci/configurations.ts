import { claimLabels, vctOf } from '../../credentials/index.ts';
import type { CopyFormat } from '../../credentials/schema.ts';
import { OB_CONTEXT, VC2_CONTEXT } from '../../vc/contexts.ts';

/** What a wallet may ask for, by the names that stand in the metadata. */
export const configurations = {
  badge: 'ldp_vc',
  'badge-jwt': 'jwt_vc_json',
  'badge-sd-jwt': 'dc+sd-jwt',
} as const satisfies Record<string, CopyFormat>;
export type Configuration = keyof typeof configurations;
export const configurationIds = Object.keys(configurations) as Configuration[];

export const isConfiguration = (id: unknown): id is Configuration =>
  typeof id === 'string' && Object.hasOwn(configurations, id);

export const TYPES = ['VerifiableCredential', 'OpenBadgeCredential'];
/** Copies that one request may ask for, each for a key of its own (OID4VCI §8.2). */
export const BATCH_SIZE = 10;
/** What a wallet may sign its proof with. */
export const PROOF_ALGORITHMS = ['ES256', 'ES384', 'EdDSA', 'Ed25519'];
/** What it may sign a presentation with that is its proof. */
const PROOF_SUITES = ['eddsa-rdfc-2022', 'ecdsa-rdfc-2019', 'Ed25519Signature2020'];

const inBoth = (nl: string, en: string) => [
  { name: nl, locale: 'nl' },
  { name: en, locale: 'en' },
];

/** The members of each format (OID4VCI Appendix A). */
const membersOf = (origin: string) => ({
  ldp_vc: {
    credential_signing_alg_values_supported: ['eddsa-rdfc-2022'],
    credential_definition: { '@context': [VC2_CONTEXT, OB_CONTEXT], type: TYPES },
  },
  jwt_vc_json: {
    credential_signing_alg_values_supported: ['ES256'],
    credential_definition: { type: TYPES },
  },
  'dc+sd-jwt': {
    credential_signing_alg_values_supported: ['ES256'],
    vct: vctOf(origin),
  },
});

/** `credential_configurations_supported` of an institution (OID4VCI §12.2.4). */
export const describeConfigurations = (origin: string, institution: string) =>
  Object.fromEntries(
    configurationIds.map(id => [
      id,
      {
        format: configurations[id],
        scope: id,
        cryptographic_binding_methods_supported: ['did:key', 'did:jwk', 'jwk'],
        proof_types_supported: {
          jwt: { proof_signing_alg_values_supported: PROOF_ALGORITHMS },
          di_vp: { proof_signing_alg_values_supported: PROOF_SUITES },
        },
        ...membersOf(origin)[configurations[id]],
        credential_metadata: {
          display: inBoth(`Badge van ${institution}`, `Badge from ${institution}`),
          claims: claimLabels.map(([path, nl, en]) => ({ path, display: inBoth(nl, en) })),
        },
      },
    ]),
  );
