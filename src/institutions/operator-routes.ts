import { Hono } from 'hono';
import { z } from 'zod';
import { type AppEnv, parse, readJson } from '../platform/http.ts';
import { operation } from '../platform/openapi.ts';
import { apiKeyRoles, createApiKey } from './api-keys.ts';
import { operatorKey } from './operator-key.ts';
import { operatorMemberRoutes } from './operator-members.ts';
import {
  createInstitution,
  type Institution,
  institutionProfile,
  listInstitutions,
  readInstitution,
  slug,
} from './profile.ts';
import { apiKeyInput } from './routes-api-keys.ts';

const newInstitution = institutionProfile.extend({ slug });
const institution = z.object({ slug: z.string(), name: z.string(), did: z.string(), url: z.string() });
const present = (i: Institution) => ({ slug: i.slug, name: i.profile.name, did: i.did, url: i.url });

const tag = 'Operator';

export const operatorRoutes = new Hono<AppEnv>()
  .route('/', operatorMemberRoutes)
  .get(
    '/api/v1/institutions',
    operation({
      summary: 'Every institution',
      tag,
      answers: { 200: { description: 'All', schema: z.array(institution) } },
      errors: ['unauthenticated'],
    }),
    operatorKey,
    async c => c.json((await listInstitutions(c.var.deps)).map(present)),
  )
  .post(
    '/api/v1/institutions',
    operation({
      summary: 'Make an institution with its first signing key',
      description: 'With the operator’s key (`OPERATOR_KEY`). The slug is part of its DID and never changes.',
      tag,
      body: newInstitution,
      answers: { 201: { description: 'Made', schema: institution } },
      errors: ['request-invalid', 'unauthenticated', 'institution-exists'],
    }),
    operatorKey,
    async c => {
      const { slug: place, ...profile } = parse(newInstitution, await readJson(c));
      return c.json(present(await createInstitution(c.var.deps, { slug: place, profile })), 201);
    },
  )
  .post(
    '/api/v1/institutions/:slug/api-keys',
    operation({
      summary: 'Make an API key, shown this once',
      tag,
      body: apiKeyInput,
      answers: {
        201: {
          description: 'The key',
          schema: z.object({ id: z.string(), role: z.enum(apiKeyRoles), key: z.string() }),
        },
      },
      errors: ['request-invalid', 'unauthenticated', 'not-found'],
    }),
    operatorKey,
    async c => {
      const { expiresAt, ...input } = parse(apiKeyInput, await readJson(c));
      const owner = await readInstitution(c.var.deps, c.req.param('slug'));
      const key = await createApiKey(
        c.var.deps,
        owner,
        { ...input, ...(expiresAt ? { expiresAt: new Date(expiresAt) } : {}) },
        { kind: 'operator' },
      );
      return c.json(key, 201);
    },
  );
