// Reads inputs without a whole service: a network of fixed answers, and the QR reader of whichever runtime this is.
import { DomainError } from '../../src/platform/errors.ts';
import { createFetcher } from '../../src/platform/fetch.ts';
import type { Found } from '../../src/verifier/inputs/choose.ts';
import { type Input, readAny } from '../../src/verifier/inputs/read-any.ts';
import { badge, type Json } from './badges.ts';
// By this path, since that is how the project of workerd knows that it has a world of its own.
import { createWorld } from '../support/create-world.ts';

export const OWN = 'https://badges.example.nl';

/** A badge of OB 3.0 by its name; nothing in it is signed, for nothing is judged here. */
export const named = (name: string): Json => badge('did:web:linde.example', { name });
/** An assertion of OB 2.0. */
export const assertion: Json = {
  '@context': 'https://w3id.org/openbadges/v2',
  type: 'Assertion',
  id: 'https://badges.example.org/public/assertions/abc',
  recipient: { type: 'email', hashed: false, identity: 'sam@example.org' },
  issuedOn: '2016-12-31T23:59:59Z',
  badge: 'https://badges.example.org/public/badges/def',
  verification: { type: 'HostedBadge' },
};

export function readerOf(network: Record<string, string | Uint8Array | object> = {}) {
  const { readQr } = createWorld().deps;
  const asked: string[] = [];
  const answer = (content: string | Uint8Array | object) =>
    typeof content === 'string'
      ? new TextEncoder().encode(content)
      : content instanceof Uint8Array
        ? content
        : new TextEncoder().encode(JSON.stringify(content));
  const fetcher = createFetcher({
    transport: async (url, { headers }) => {
      asked.push(`${url.href}${headers.accept?.includes('*/*') ? '' : ' as JSON'}`);
      const content =
        network[`${url.href} as JSON`] !== undefined && !headers.accept?.includes('*/*')
          ? network[`${url.href} as JSON`]
          : network[url.href];
      if (content === undefined) return { status: 404, headers: new Headers(), body: new Uint8Array() };
      if (typeof content === 'object' && 'redirect' in content)
        return { status: 302, headers: new Headers({ location: String(content.redirect) }), body: new Uint8Array() };
      return { status: 200, headers: new Headers(), body: answer(content) };
    },
    own: {
      origin: OWN,
      request: request => {
        const { pathname } = new URL(request.url);
        asked.push(pathname);
        const content = network[pathname];
        return content === undefined ? new Response('', { status: 404 }) : new Response(answer(content).slice().buffer);
      },
    },
    now: () => new Date(),
  });

  const read = (input: Input): Promise<Found[]> => readAny({ get: fetcher.session().get, origin: OWN, readQr }, input);

  /** What was found, by name and by the way to it; or the code and the kind of a refusal. */
  async function told(input: Input | Uint8Array | string): Promise<string> {
    try {
      const found = await read(
        typeof input === 'string' ? { text: input } : input instanceof Uint8Array ? { bytes: input } : input,
      );
      return found
        .map(({ badge: one, where }) => [...where.map(({ kind }) => kind), nameOf(one)].join(' › '))
        .join('; ');
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return [error.code, error.extensions.kind].filter(Boolean).join(' ');
    }
  }
  return { read, told, asked };
}

const nameOf = (one: Found['badge']) => (typeof one === 'string' ? `${one.slice(0, 12)}…` : String(one.name ?? one.id));
