/**
 * The transport of Node. Whatever a name resolved to, by whatever trick, the address that the socket is really
 * connected to is judged before a byte is sent: that is the only point that cannot be talked around (a DNS hook is not
 * even called for an address literal).
 */
import { Resolver } from 'node:dns/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { BlockList, connect, isIP, isIPv6, type LookupFunction } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { checkHead, FetchError, readCapped, type Transport } from './fetch.ts';

/** IANA IPv4 Special-Purpose Address Registry, multicast, and the metadata address of one cloud. */
const SPECIAL_IPV4 = blockList('ipv4', [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32', // Azure's platform address: public by number, answers inside only
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]);

/** What IANA has handed out as global unicast. Mapped, NAT64, unique-local, link-local, multicast: all outside it. */
const GLOBAL_IPV6 = blockList('ipv6', ['2000::/3']);

/** IANA IPv6 Special-Purpose Address Registry, as far as it lies inside 2000::/3. */
const SPECIAL_IPV6 = blockList('ipv6', ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20']);

function blockList(family: 'ipv4' | 'ipv6', subnets: string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [net, prefix] = subnet.split('/');
    list.addSubnet(net!, Number(prefix), family);
  }
  return list;
}

/** Whether an address is one of the public internet, by the special-purpose registries of IANA. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !SPECIAL_IPV4.check(address, 'ipv4');
    case 6:
      // A zone (fe80::1%eth0) is local by meaning, and BlockList throws on it.
      return !address.includes('%') && GLOBAL_IPV6.check(address, 'ipv6') && !SPECIAL_IPV6.check(address, 'ipv6');
    default:
      return false;
  }
}

interface NodeTransportOptions {
  /** Resolves a name to addresses. */
  lookup?: (host: string) => Promise<string[]>;
  /** Whether a connected address may be spoken to. Tests let their own server through. */
  allow?: (address: string, port: number) => boolean;
  /** Certificate authorities in place of Node's. */
  ca?: string;
}

/** Makes a transport; the defaults are those of `nodeTransport`, the options are for tests. */
export function createNodeTransport({
  lookup = resolve,
  allow = isPublicAddress,
  ca,
}: NodeTransportOptions): Transport {
  return async (url, { headers, maxBytes, timeoutMs }) => {
    const signal = AbortSignal.timeout(timeoutMs);
    let socket: TLSSocket | undefined;
    try {
      const port = Number(url.port || 443);
      socket = await open({ host: url.hostname, port, lookup, allow, ca, signal });
      const response = await send(url, headers, socket, signal);
      const received = toHeaders(response);
      checkHead(response.statusCode ?? 0, received, maxBytes);
      const body = response.statusCode === 200 ? await readCapped(response, maxBytes) : new Uint8Array();
      return { status: response.statusCode ?? 0, headers: received, body };
    } catch (error) {
      if (signal.aborted) throw new FetchError('fetch-timeout', 'no answer in time');
      throw error;
    } finally {
      socket?.destroy();
    }
  };
}

/** Sends over a socket of its own for each request, to public addresses only. */
export const nodeTransport: Transport = createNodeTransport({});

/**
 * c-ares rather than getaddrinfo: a slow name server of a stranger's choosing would hold one of the four threads that
 * WebCrypto needs too, and the hosts file has no say in what is public.
 */
async function resolve(host: string): Promise<string[]> {
  const resolver = new Resolver({ timeout: 1_000, tries: 2 });
  const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  return answers.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : []));
}

interface OpenOptions extends Required<Omit<NodeTransportOptions, 'ca'>> {
  host: string;
  port: number;
  ca?: string | undefined;
  signal: AbortSignal;
}

/** Connects, judges the address that it is connected to, and only then begins TLS. */
async function open({ host, port, lookup, allow, ca, signal }: OpenOptions): Promise<TLSSocket> {
  const refused = () => new FetchError('fetch-refused', 'not an address of the public internet');
  // Saves knocking on an inside door; the check below is the one that holds.
  const judgedLookup: LookupFunction = (name, _, done) => {
    lookup(name).then(
      addresses => {
        if (addresses.length === 0) return done(new FetchError('fetch-failed', 'the name has no address'), []);
        if (!addresses.every(address => allow(address, port))) return done(refused(), []);
        done(
          null,
          addresses.map(address => ({ address, family: isIPv6(address) ? 6 : 4 })),
        );
      },
      () => done(new FetchError('fetch-failed', 'the name could not be looked up'), []),
    );
  };
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => raw.destroy(signal.reason));
    // The host of an IPv6 URL stands in brackets.
    const bare = host.replace(/^\[|\]$/g, '');
    const raw = connect({ host: bare, port, lookup: judgedLookup, autoSelectFamily: true });
    raw.on('error', reject);
    raw.once('connect', () => {
      if (!raw.remoteAddress || !allow(raw.remoteAddress, port)) {
        raw.destroy();
        reject(refused());
        return;
      }
      const servername = isIP(bare) ? undefined : bare;
      // Named, so that NODE_TLS_REJECT_UNAUTHORIZED cannot switch it off.
      const socket = connectTls({ socket: raw, servername, ca, rejectUnauthorized: true, ALPNProtocols: ['http/1.1'] });
      socket.on('error', reject);
      socket.once('secureConnect', () => resolve(socket));
      signal.addEventListener('abort', () => socket.destroy(signal.reason));
    });
  });
}

function send(
  url: URL,
  headers: Record<string, string>,
  socket: TLSSocket,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers, signal, createConnection: () => socket });
    sent.once('response', resolve);
    sent.on('error', reject);
    // A switch of protocols or a closed connection brings no response.
    sent.once('close', () => reject(new FetchError('fetch-failed', 'no response')));
    sent.end();
  });
}

function toHeaders(response: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(response.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  return headers;
}
