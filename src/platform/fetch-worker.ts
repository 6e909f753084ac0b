import { checkHead, FetchError, readResponse, type Transport } from './fetch.ts';

/**
 * Sends over the global `fetch` of Workers. There is no hook on the connection there: besides the rules of `fetch.ts`
 * it relies on the platform, whose outgoing requests reach no private network.
 */
export const workerTransport: Transport = async (url, { headers, maxBytes, timeoutMs }) => {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, { headers, signal, redirect: 'manual' });
    // Before the body: the runtime inflates an encoded one while it is read.
    checkHead(response.status, response.headers, maxBytes);
    return { status: response.status, headers: response.headers, body: await readResponse(response, maxBytes) };
  } catch (error) {
    if (signal.aborted) throw new FetchError('fetch-timeout', 'no answer in time');
    throw error;
  }
};
