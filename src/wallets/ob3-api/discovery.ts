import type { Deps } from '../../platform/context.ts';
import { addresses, BASE, offeredScopes, type Scope, scopes } from './scopes.ts';

const meanings: Record<Scope, string> = {
  [scopes.read]: 'Read the badges of the person, those to come among them.',
  [scopes.write]: 'Put badges with the person; one with the same id and issuer takes the place of an older one.',
  [scopes.profile]: 'Read the name and the e-mail address of the person.',
  [scopes.offline]: 'Go on while the person is away, with a refresh token.',
};

/** The Service Description Document (OB 3.0 §6.3): what is offered here, as an OpenAPI 3 document. */
export function serviceDescription(deps: Deps) {
  const { origin } = deps.config;
  const at = addresses(deps);
  const about = { terms: `${origin}/terms`, privacy: `${origin}/privacy` };
  const secured = (scope: Scope) => [{ OAuth2ACG: [scope] }];
  const json = (name: string) => ({ 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } });
  const errors = { default: { description: 'What was wrong.', content: json('Imsx_StatusInfo') } };
  const query = (name: string, schema: object) => ({ name, in: 'query', required: false, schema });
  const badge = {
    ...json('AchievementCredential'),
    'text/plain': { schema: { $ref: '#/components/schemas/CompactJws' } },
  };
  return {
    openapi: '3.0.1',
    info: {
      title: 'Waarmerk',
      description:
        'The Open Badges API of a host. A person lets a service read their badges, and put badges with them.',
      version: '3.0',
      termsOfService: about.terms,
      'x-imssf-image': `${origin}/favicon.svg`,
      'x-imssf-privacyPolicyUrl': about.privacy,
    },
    servers: [{ url: `${origin}${BASE}` }],
    paths: {
      '/credentials': {
        get: {
          operationId: 'getCredentials',
          tags: ['OpenBadgeCredentials'],
          security: secured(scopes.read),
          parameters: [
            query('limit', { type: 'integer', minimum: 1 }),
            query('offset', { type: 'integer', minimum: 0 }),
            query('since', { type: 'string', format: 'date-time' }),
          ],
          responses: {
            200: { description: 'A page of badges.', content: json('GetOpenBadgeCredentialsResponse') },
            ...errors,
          },
        },
        post: {
          operationId: 'upsertCredential',
          tags: ['OpenBadgeCredentials'],
          security: secured(scopes.write),
          requestBody: { required: true, content: badge },
          responses: {
            200: { description: 'It took the place of an older one.', content: badge },
            201: { description: 'It is here now.', content: badge },
            304: { description: 'The one that is here was issued later.' },
            ...errors,
          },
        },
      },
      '/profile': {
        get: {
          operationId: 'getProfile',
          tags: ['OpenBadgeCredentials'],
          security: secured(scopes.profile),
          responses: { 200: { description: 'Who the person is.', content: json('Profile') }, ...errors },
        },
      },
      '/discovery': {
        get: {
          operationId: 'getServiceDescription',
          tags: ['Discovery'],
          security: [],
          responses: { 200: { description: 'This document.', content: { 'application/json': {} } }, ...errors },
        },
      },
    },
    components: {
      securitySchemes: {
        OAuth2ACG: {
          type: 'oauth2',
          description: 'OAuth 2.0 authorization code grant, with PKCE by S256.',
          'x-imssf-name': 'Waarmerk',
          'x-imssf-privacyPolicyUrl': about.privacy,
          'x-imssf-registrationUrl': at.registration,
          'x-imssf-termsOfServiceUrl': about.terms,
          flows: {
            authorizationCode: {
              authorizationUrl: at.authorization,
              tokenUrl: at.token,
              refreshUrl: at.token,
              scopes: meanings,
            },
          },
        },
      },
      schemas,
    },
  };
}

const schemas = {
  CompactJws: { type: 'string', pattern: '^[-A-Za-z0-9_]+\\.[-A-Za-z0-9_]+\\.[-A-Za-z0-9_]*$' },
  AchievementCredential: {
    type: 'object',
    required: ['@context', 'id', 'type', 'issuer', 'credentialSubject'],
    additionalProperties: true,
  },
  Profile: { type: 'object', required: ['id', 'type'], additionalProperties: true },
  GetOpenBadgeCredentialsResponse: {
    type: 'object',
    properties: {
      credential: { type: 'array', items: { $ref: '#/components/schemas/AchievementCredential' } },
      compactJwsString: { type: 'array', items: { $ref: '#/components/schemas/CompactJws' } },
    },
  },
  Imsx_StatusInfo: {
    type: 'object',
    required: ['imsx_codeMajor', 'imsx_severity'],
    properties: {
      imsx_codeMajor: { type: 'string', enum: ['failure', 'processing', 'success', 'unsupported'] },
      imsx_severity: { type: 'string', enum: ['error', 'status', 'warning'] },
      imsx_description: { type: 'string' },
      imsx_codeMinor: { type: 'object' },
    },
  },
};

/** RFC 8414 §2: the same for who knows OAuth and not the Open Badges API. */
export function oauthMetadata(deps: Deps) {
  const at = addresses(deps);
  return {
    issuer: at.issuer,
    authorization_endpoint: at.authorization,
    token_endpoint: at.token,
    registration_endpoint: at.registration,
    revocation_endpoint: at.revocation,
    scopes_supported: offeredScopes,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
    revocation_endpoint_auth_methods_supported: ['client_secret_basic'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  };
}
