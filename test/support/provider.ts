// The local provider on a port of its own, for tests on Node.
import { createServer } from 'node:http';
import { localProvider } from '../../src/demo/index.ts';
import { freePort } from './free-port.ts';
import { ORIGIN } from './world.ts';

/** Starts the real local provider for a service at `service`; `close` when done. */
export async function startProvider(service = ORIGIN) {
  const port = await freePort();
  const provider = localProvider(`http://localhost:${port}`, service);
  const server = createServer((req, res) => {
    provider.handle(req, res).catch((error: Error) => {
      res.statusCode = 500;
      res.end(error.stack);
    });
  });
  await new Promise<void>(resolve => server.listen(port, resolve));
  return {
    provider,
    config: provider.config,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
