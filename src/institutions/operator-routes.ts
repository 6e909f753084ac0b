import { Hono, type MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { DomainError } from '../platform/errors.ts';
import { type AppEnv, parse, readJson } from '../platform/http.ts';
import { sha256Hex } from '../platform/ids.ts';
import { operation } from '../platform/openapi.ts';
import { apiKeyRoles, createApiKey } from './api-keys.ts';
import {
  createInstitution,
  type Institution,
  institutionProfile,
  listInstitutions,
  readInstitution,
  slug,
} from './profile.ts';

const newInstitution = institutionProfile.extend({ slug });
const newApiKey = z.strictObject({
  role: z.enum(apiKeyRoles),
  label: z.string().trim().min(1).max(200).optional(),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
});
const institution = z.object({ slug: z.string(), name: z.string(), did: z.string(), url: z.string() });
const present = (i: Institution) => ({ slug: i.slug, name: i.profile.name, did: i.did, url: i.url });

/** The operator from a distance, where there is no command line beside the database (Workers). */
const operatorKey: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { operatorKey: secret } = c.var.deps.config;
  const given = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1];
  // Hashes are compared, so that the time it takes tells nothing of the secret.
  if (!secret || !given || (await sha256Hex(given)) !== (await sha256Hex(secret)))
    throw new DomainError('unauthenticated', 'Send Authorization: Bearer with the operator’s key.');
  await next();
};
const tag = 'Operator';

export const operatorRoutes = new Hono<AppEnv>()
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
      body: newApiKey,
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
      const { expiresAt, ...input } = parse(newApiKey, await readJson(c));
      const owner = await readInstitution(c.var.deps, c.req.param('slug'));
      const key = await createApiKey(
        c.var.deps,
        owner,
        { ...input, ...(expiresAt ? { expiresAt: new Date(expiresAt) } : {}) },
        { kind: 'operator' },
      );
      return c.json(key, 201, { 'cache-control': 'no-store' });
    },
  );
