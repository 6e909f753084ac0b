import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { operatorKey } from '../institutions/index.ts';
import { type AppEnv, readJson, readText } from '../platform/http.ts';
import { operation } from '../platform/openapi.ts';
import { importTrustList, listTrustLists, readTrustListById, removeTrustList } from './trust.ts';
import { parseTrustList, readTrustList, type TrustList, trustList } from './trust-read.ts';

const tag = 'Operator';
const operator = { kind: 'operator' } as const;
const summary = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.string(),
  url: z.string().nullable(),
  importedAt: z.iso.datetime(),
  entries: z.int(),
});
const kept = trustList.extend({ id: z.string(), importedAt: z.iso.datetime() });

/** The trust lists of the operator. What is on them is told to every checker who meets such an issuer. */
export const trustRoutes = new Hono<AppEnv>()
  .get(
    '/api/v1/trust-lists',
    operation({
      summary: 'Every trust list',
      tag,
      answers: { 200: { description: 'All, without what stands in them', schema: z.array(summary) } },
      errors: ['unauthenticated'],
    }),
    operatorKey,
    async c => c.json(await listTrustLists(c.var.deps)),
  )
  .get(
    '/api/v1/trust-lists/:id',
    operation({
      summary: 'A trust list as it was imported',
      tag,
      answers: { 200: { description: 'The list', schema: kept } },
      errors: ['unauthenticated', 'not-found'],
    }),
    operatorKey,
    async c => c.json(await readTrustListById(c.var.deps, c.req.param('id'))),
  )
  .put(
    '/api/v1/trust-lists/:id',
    operation({
      summary: 'Put a trust list in place, whole',
      description:
        'As JSON, or as CSV (text/csv) with the columns issuer, domain, name, since, until, suspendedAt; then the name ' +
        'and the owner of the list are in the query.',
      tag,
      query: z.object({ name: z.string().optional(), owner: z.string().optional(), url: z.string().optional() }),
      body: trustList,
      answers: { 200: { description: 'As it is kept now', schema: kept } },
      errors: ['request-invalid', 'json-malformed', 'unauthenticated', 'body-too-large', 'media-type-unsupported'],
    }),
    operatorKey,
    async c => {
      const id = c.req.param('id');
      await importTrustList(c.var.deps, id, await readBody(c), operator);
      return c.json(await readTrustListById(c.var.deps, id));
    },
  )
  .delete(
    '/api/v1/trust-lists/:id',
    operation({
      summary: 'Remove a trust list',
      tag,
      answers: { 204: { description: 'Removed' } },
      errors: ['unauthenticated', 'not-found'],
    }),
    operatorKey,
    async c => {
      await removeTrustList(c.var.deps, c.req.param('id'), operator);
      return c.body(null, 204);
    },
  );

async function readBody(c: Context<AppEnv>): Promise<TrustList> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  if (type !== 'text/csv') return parseTrustList(await readJson(c));
  const { name, owner, url } = c.req.query();
  return readTrustList(await readText(c), { name, owner, url });
}
