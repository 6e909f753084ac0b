import { FetchError, type Fetched } from '../platform/fetch.ts';
import { parseJson } from '../platform/json.ts';
import { COMPACT_JWS } from '../vc/jws.ts';
import { TOKEN_LIST_CWT } from '../vc/status-list-token.ts';

/** A document in CBOR, which is understood to be one and is not read here. */
class UnreadForm extends Error {
  override readonly name = 'UnreadForm';
  readonly code = 'fetch-type-cwt';
}

/**
 * What was fetched as a document: a JWT as its text, anything else as JSON. What the media type says is only asked for
 * what no reader could take for another: many a server says `text/plain` of all that it has.
 * @throws FetchError `fetch-type`, UnreadForm
 */
export function readFetched({ contentType, body }: Fetched): unknown {
  const known = read.get(body);
  if (known) return known;
  const value = readBody(contentType, body);
  if (typeof value === 'object' && value !== null) read.set(body, value);
  return value;
}

/** Objects by the bytes that they were read from, for as long as those are kept; nobody writes to either. */
const read = new WeakMap<Uint8Array, object>();

function readBody(contentType: string, body: Uint8Array): unknown {
  const essence = contentType.split(';', 1)[0]!.trim().toLowerCase();
  if (essence === TOKEN_LIST_CWT) throw new UnreadForm();
  if (essence === 'text/html') throw new FetchError('fetch-type', 'a page');
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    return COMPACT_JWS.test(text.trim()) ? text.trim() : parseJson(text);
  } catch {
    throw new FetchError('fetch-type', 'neither a JWT nor JSON that we read');
  }
}
