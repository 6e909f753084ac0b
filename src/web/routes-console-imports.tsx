import { type Context, Hono } from 'hono';
import {
  doImport,
  importPlace,
  type ImportState,
  listImports,
  previewBrought,
  readImportState,
} from '../catalogue/index.ts';
import { memberOf } from '../institutions/index.ts';
import { signedIn } from '../people/index.ts';
import { DomainError } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { readUpload } from '../platform/upload.ts';
import { doneAt, renderConsole } from './console.tsx';
import { ImportPage, ImportsPage, type ImportWrong } from './pages/console/imports.tsx';

const base = (c: Context<AppEnv>) => `/console/${c.var.ctx.institution.slug}/imports`;

interface Wrong {
  /** One of `t.console.imports.wrong`, or nothing brought. */
  code: ImportWrong | 'nothing';
  /** The outcomes in a circle. */
  items?: string[];
  status: 400 | 413 | 415 | 422;
}

async function showAll(c: Context<AppEnv>, wrong?: Wrong): Promise<Response> {
  const earlier = await listImports(importPlace(c.var.ctx));
  return renderConsole(c, 'frameworks', (view, place) => {
    const t = view.t.console.imports;
    return {
      title: t.title,
      status: wrong?.status,
      alert: wrong && (
        <>
          <p>{wrong.code === 'nothing' ? t.nothing : t.wrong[wrong.code]}</p>
          {wrong.items && (
            <ul class="plain">
              {wrong.items.map(item => (
                <li>
                  <code>{item}</code>
                </li>
              ))}
            </ul>
          )}
        </>
      ),
      body: <ImportsPage view={view} place={place} earlier={earlier} />,
    };
  });
}

/** What cannot be read is told on the page that it was brought on. */
async function showWrong(c: Context<AppEnv>, error: unknown): Promise<Response> {
  if (!(error instanceof DomainError)) throw error;
  const statuses: Partial<Record<DomainError['code'], Wrong['status']>> = {
    'import-unreadable': 422,
    'import-encoding': 422,
    'import-unreachable': 422,
    'import-state': 422,
    'framework-cycle': 422,
    'achievement-unreadable': 422,
    'json-malformed': 400,
    'limit-depth': 400,
    'request-invalid': 400,
    'media-type-unsupported': 415,
    'body-too-large': 413,
  };
  const status = statuses[error.code];
  if (!status) throw error;
  const items = error.extensions.items as string[] | undefined;
  return showAll(c, { code: error.code as ImportWrong, status, ...(items ? { items } : {}) });
}

async function bring(c: Context<AppEnv>): Promise<Response> {
  const place = importPlace(c.var.ctx);
  let nothing = false;
  try {
    const state = await previewBrought(place, async take => {
      const { fields, files, refused } = await readUpload(c, async file => take(file).then(() => file.name));
      if (refused) throw refused;
      const [language, address] = [fields.get('language'), fields.get('address')?.trim()];
      nothing = !files.length && !address;
      return { ...(language === 'nl' || language === 'en' ? { language } : {}), ...(address ? { address } : {}) };
    });
    return c.redirect(`${base(c)}/${state.id}`, 303);
  } catch (error) {
    return nothing ? showAll(c, { code: 'nothing', status: 400 }) : showWrong(c, error);
  }
}

const showOne = (c: Context<AppEnv>, state: ImportState) =>
  renderConsole(c, 'frameworks', (view, place) => ({
    title: state.doneAt ? view.t.console.imports.doneTitle : view.t.console.imports.previewTitle,
    body: <ImportPage view={view} place={place} state={state} />,
  }));

/** Standards, outcomes and achievements from elsewhere: first a look at what changes, then the change. */
export const consoleImportRoutes = new Hono<AppEnv>()
  .get('/console/:slug/imports', signedIn, memberOf, c => showAll(c))
  .post('/console/:slug/imports', signedIn, memberOf, bring)
  .get('/console/:slug/imports/:id', signedIn, memberOf, async c =>
    showOne(c, await readImportState(importPlace(c.var.ctx), c.req.param('id'))),
  )
  .post('/console/:slug/imports/:id/do', signedIn, memberOf, async c => {
    const id = c.req.param('id');
    try {
      await doImport(importPlace(c.var.ctx), id);
    } catch (error) {
      return showWrong(c, error);
    }
    return doneAt(c, `${base(c)}/${id}`, 'import-done');
  });
