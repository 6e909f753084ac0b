import { type Context, Hono } from 'hono';
import { sessionOf, signedIn } from '../people/index.ts';
import { holdOwn } from '../portfolio/index.ts';
import { DomainError } from '../platform/errors.ts';
import { dropBytes, type StoredFile } from '../platform/files.ts';
import { type AppEnv, rateLimited } from '../platform/http.ts';
import { readUpload } from '../platform/upload.ts';
import { packPortfolio, storePackage, unpackPortfolio } from '../privacy/index.ts';
import { PackPage } from './pages/notebook/pack.tsx';
import { renderBook } from './render-book.tsx';
import { sendPrivateFile } from './send-file.ts';
import type { View } from './view.ts';

/** A portfolio as one file: out, and in. */
export const packRoutes = new Hono<AppEnv>()
  .get('/portfolio/pack', signedIn, c => renderPack(c))
  .get('/portfolio/portfolio.zip', signedIn, async c =>
    sendPrivateFile(c, await packPortfolio(c.var.deps, sessionOf(c)), {
      type: 'application/zip',
      name: 'portfolio.zip',
    }),
  )
  .post('/portfolio/pack', signedIn, rateLimited, async c => {
    const { deps } = c.var;
    const session = sessionOf(c);
    // All fields of a form together are bound by the length that it says to have.
    if (c.req.header('content-length') === undefined)
      throw new DomainError('body-too-large', 'Say how long this form is (Content-Length).');
    const { files, refused } = await readUpload<StoredFile>(c, file => storePackage(deps, session, file));
    const [zip, ...more] = files;
    await dropBytes(
      deps,
      more.map(file => file.id),
    );
    if (!zip) return renderPack(c, ({ t }) => (refused ? wordsOf(t, refused) : t.pack.missing), refused ? 422 : 400);
    try {
      const { experiences, known } = await unpackPortfolio(deps, session, zip);
      return c.redirect(`/portfolio/pack?added=${experiences}&known=${known}`, 303);
    } catch (error) {
      if (!(error instanceof DomainError) || !told.has(error.code)) throw error;
      return renderPack(c, ({ t }) => wordsOf(t, error), error.code === 'import-state' ? 409 : 422);
    }
  });

const told = new Set(['import-unreadable', 'limit-broken', 'import-state']);

/** What is wrong with a package, in words; what is no ZIP by its content is none. */
const wordsOf = ({ pack }: View['t'], { code, extensions }: DomainError): string =>
  pack.faults[String(extensions.fault ?? code)] ?? pack.faults['not-a-zip']!;

async function renderPack(c: Context<AppEnv>, alert?: (view: View) => string, status = 200): Promise<Response> {
  const { portfolio } = await holdOwn(c.var.deps, sessionOf(c));
  const [experiences, known] = ['added', 'known'].map(name => Number.parseInt(c.req.query(name) ?? '', 10));
  const unpacked = experiences! >= 0 && known! >= 0 ? { experiences: experiences!, known: known! } : undefined;
  return renderBook(c, view => ({
    title: view.t.pack.title,
    status,
    body: <PackPage view={view} some={portfolio !== ''} unpacked={unpacked} alert={alert?.(view)} />,
  }));
}
