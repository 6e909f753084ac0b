import type { Hono, MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { DomainError, type ErrorCode } from './errors.ts';
import { problems } from './problem.ts';

/** What the API document says of one operation; it stands on the route line, so it cannot drift from the route. */
interface Operation {
  summary: string;
  description?: string;
  tag: string;
  /** Schemas by media type; a plain schema means JSON. */
  body?: z.ZodType;
  query?: z.ZodObject;
  answers: Record<number, { description: string; schema?: z.ZodType; mediaType?: string }>;
  errors?: ErrorCode[];
  /** Needs no API key. */
  open?: boolean;
}

const described = Symbol('operation');
type Described = MiddlewareHandler & { [described]?: Operation };

/** Marks a route with its description. */
export function operation(op: Operation): MiddlewareHandler {
  const pass: Described = (_c, next) => next();
  pass[described] = op;
  return pass;
}

/** Collects the OpenAPI 3.1 document from the routes of the app. */
export function openApiDocument(app: Pick<Hono, 'routes'>, origin: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of app.routes) {
    const op = (route.handler as Described)[described];
    if (!op) continue;
    const path = route.path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}');
    paths[path] ??= {};
    paths[path][route.method.toLowerCase()] = describe(op, path, route.method);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Waarmerk',
      version: '1',
      description:
        'Validated learning outcomes as signed Open Badges 3.0. Errors are RFC 9457 problems with a closed `code`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: origin }],
    paths,
    components: {
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of an institution.' } },
      schemas: { Problem: problemSchema },
    },
  };
}

function describe(op: Operation, path: string, method: string) {
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(match => ({
    name: match[1],
    in: 'path',
    required: true,
    schema: { type: 'string' },
  })) as object[];
  const query = op.query ? (jsonSchema(op.query).properties as Record<string, object> | undefined) : undefined;
  for (const [name, schema] of Object.entries(query ?? {}))
    parameters.push({ name, in: 'query', required: false, schema });
  if (method !== 'GET' && !op.open)
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      schema: { type: 'string', maxLength: 255 },
    });
  const responses: Record<string, object> = {};
  for (const [status, answer] of Object.entries(op.answers)) {
    const schema = answer.schema && jsonSchema(answer.schema);
    responses[status] = {
      description: answer.description,
      ...(schema ? { content: { [answer.mediaType ?? 'application/json']: { schema } } } : {}),
    };
  }
  for (const code of op.errors ?? []) {
    const { status, title } = problems[code];
    const before = responses[status] as { description: string } | undefined;
    responses[status] = {
      description: before ? `${before.description}; \`${code}\`: ${title}` : `\`${code}\`: ${title}`,
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
  return {
    summary: op.summary,
    ...(op.description ? { description: op.description } : {}),
    tags: [op.tag],
    ...(op.open ? { security: [] } : { security: [{ apiKey: [] }] }),
    ...(parameters.length ? { parameters } : {}),
    ...(op.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(op.body) } } } }
      : {}),
    responses,
  };
}

function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Record<
    string,
    unknown
  >;
  return rest;
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(problems) },
    detail: { type: 'string' },
    requestId: { type: 'string' },
  },
};

/** A page of a list: `cursor` is opaque, `limit` is at most 200. */
export const pageQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Which page is asked for. @throws DomainError `request-invalid` */
export function readPage(query: Record<string, string>): { cursor?: string; limit: number } {
  const result = pageQuery.safeParse(query);
  if (!result.success)
    throw new DomainError('request-invalid', 'A page is asked for with cursor and limit (1 to 200).');
  return result.data;
}
