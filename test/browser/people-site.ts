// The service as `npm start` makes it: the demo institution, its staff, the local provider and a mailbox.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { BrowserContext, Page } from 'playwright-core';
import { ensureDemo, localProvider } from '../../src/demo/index.ts';
import { sendLetters } from '../../src/jobs/index.ts';
import type { Letter } from '../../src/platform/mail.ts';
import { createWorld } from '../support/create-world.ts';
import { freePort } from '../support/free-port.ts';

export type PeopleSite = Awaited<ReturnType<typeof startPeopleSite>>;

/** Starts the service with everyone of the demo, each of whom can sign in. */
export async function startPeopleSite() {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const idp = localProvider(origin);
  const letters: Letter[] = [];
  const world = createWorld({
    origin,
    network: new Map(),
    providers: [idp.config],
    providerFetch: (input, init) => fetch(input, init),
    mailer: { send: async letter => void letters.push(letter) },
  });
  const demo = await ensureDemo(world.deps);
  const listener = getRequestListener(world.app.fetch);
  const server = createServer((req: IncomingMessage, res: ServerResponse) => {
    void (idp.serves(new URL(req.url ?? '/', origin).pathname) ? idp.handle(req, res) : listener(req, res));
  });
  await new Promise<void>(listening => server.listen(port, listening));
  return {
    origin,
    world,
    demo,
    /** The newest letter to someone, once everything that waits was sent. */
    async letterTo(address: string): Promise<Letter> {
      await sendLetters(world.deps);
      const letter = letters.findLast(({ to }) => to === address);
      if (!letter) throw new Error(`no letter to ${address}`);
      return letter;
    },
    close: () => new Promise<void>(closed => server.close(() => closed()).closeAllConnections()),
  };
}

/** The address that a letter leads to. */
export const linkIn = ({ text }: Letter): string => /https?:\/\/\S+/.exec(text)![0];

/** Signs in as somebody of the local provider, in a browser of their own. */
export async function signInAs(context: BrowserContext, origin: string, who: string, back = '/account'): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${origin}/login/eduid?hint=${who}&return=${encodeURIComponent(back)}`);
  return page;
}
