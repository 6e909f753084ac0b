import { type Context, Hono } from 'hono';
import { type DecisionDocument, decisionDocumentOf } from '../credentials/index.ts';
import { type Dossier, lookAt, readHashes, readOwnDossier, readStaffDossier } from '../dossiers/index.ts';
import { findInstitution, memberOf } from '../institutions/index.ts';
import { sessionOf, signedIn } from '../people/index.ts';
import { notFound } from '../platform/errors.ts';
import type { AppEnv } from '../platform/http.ts';
import { drawPaper, type Paper } from '../wallets/index.ts';
import { decisionPaper } from './decision-paper.ts';
import { dossierPaper } from './dossier-paper.ts';
import { readLanguage } from './language.ts';
import { sendPrivateFile } from './send-file.ts';

/** A decision as its institution signed it, and a validation on paper: for the learner, and for staff who may read it. */
export const decisionRoutes = new Hono<AppEnv>()
  .get('/validations/:id/decisions/:file', signedIn, async c => sendDecision(c, await ownOf(c)))
  .get('/validations/:id/report.pdf', signedIn, async c => sendReport(c, await ownOf(c), 'learner'))
  .get('/console/:slug/dossiers/:id/decisions/:file', signedIn, memberOf, async c =>
    sendDecision(c, await readStaffDossier(c.var.ctx, c.req.param('id'))),
  )
  .get('/console/:slug/dossiers/:id/report.pdf', signedIn, memberOf, async c =>
    sendReport(c, await readStaffDossier(c.var.ctx, c.req.param('id')), 'staff'),
  );

const ownOf = (c: Context<AppEnv>): Promise<Dossier> =>
  readOwnDossier(c.var.deps, { id: c.req.param('id')!, personId: sessionOf(c).person });

async function sendDecision(c: Context<AppEnv>, dossier: Dossier): Promise<Response> {
  const [, number, kind] = /^([1-9]\d{0,8})\.(json|pdf)$/.exec(c.req.param('file')!) ?? [];
  if (!number) throw notFound('decision');
  const document = await decisionDocumentOf(c.var.deps, dossier, Number(number));
  const name = `decision-${number}.${kind}`;
  return kind === 'json'
    ? sendPrivateFile(c, document, { type: 'application/json', name })
    : sendPaper(c, decisionPaper(JSON.parse(document) as DecisionDocument), name);
}

async function sendReport(c: Context<AppEnv>, dossier: Dossier, side: 'learner' | 'staff'): Promise<Response> {
  const { deps } = c.var;
  const institution = (await findInstitution(deps, { id: dossier.institutionId }))!;
  const { origin } = deps.config;
  const paper = dossierPaper({
    look: await lookAt(deps, dossier, side, sessionOf(c).person),
    institution,
    language: readLanguage(c),
    address:
      side === 'staff'
        ? `${origin}/console/${institution.slug}/dossiers/${dossier.id}`
        : `${origin}/validations/${dossier.id}`,
    hashes: await readHashes(deps, dossier.id),
    now: deps.clock(),
  });
  return sendPaper(c, paper, 'validation.pdf');
}

async function sendPaper(c: Context<AppEnv>, paper: Paper, name: string): Promise<Response> {
  const drawn = new Uint8Array(await drawPaper(paper, await c.var.deps.drawing.fonts()));
  return sendPrivateFile(c, drawn, { type: 'application/pdf', name });
}
