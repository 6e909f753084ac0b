import { type Context, Hono } from 'hono';
import {
  addPlanLine,
  type Command,
  confirmPlanLine,
  joinAsGuide,
  lookAt,
  makeMove,
  partnerMover,
  readPartner,
} from '../dossiers/index.ts';
import { findInstitution } from '../institutions/index.ts';
import { sessionOf, signedIn } from '../people/index.ts';
import { DomainError } from '../platform/errors.ts';
import { type AppEnv, rateLimited } from '../platform/http.ts';
import { newToken } from '../platform/ids.ts';
import { answerFile } from '../platform/serve-file.ts';
import { readForm } from './form.ts';
import { PartnerPage } from './pages/validations/partner.tsx';
import { renderPage } from './render.tsx';
import { planOf, sharedFile, wordsOf } from './validation-forms.ts';

/** Someone whom a learner invited, by their link: no account, and nothing but what is shared with them. */
export const partnerRoutes = new Hono<AppEnv>()
  .get('/partner/:token', rateLimited, c => renderPartner(c))
  .get('/partner/:token/files/:file', rateLimited, async c => {
    const { deps } = c.var;
    const { partner, dossier } = await readPartner(deps, c.req.param('token'));
    const { shared } = await lookAt(deps, dossier, 'partner', partner.id);
    return answerFile(c, deps, await sharedFile(deps, shared, c.req.param('file')));
  })
  .post('/partner/:token/join', signedIn, async c => {
    const { dossier } = await joinAsGuide(c.var.deps, sessionOf(c), c.req.param('token'));
    return c.redirect(`/validations/${dossier.id}`, 303);
  })
  .get('/partner/:token/join', signedIn, c => c.redirect(`/partner/${c.req.param('token')}`, 303))
  .post('/partner/:token', rateLimited, async c => {
    const { deps } = c.var;
    c.header('cache-control', 'no-store');
    const token = c.req.param('token');
    const { partner, dossier } = await readPartner(deps, token);
    const mover = partnerMover(partner);
    const form = await readForm(c);
    const text = form.get('text').slice(0, 20_000);
    const making = form.get('form') ? { form: form.get('form') } : {};
    const move = (command: Command, words?: Record<string, unknown>) =>
      makeMove(deps, dossier, command, mover, { ...making, ...(words ? { words } : {}) });
    switch (form.get('move')) {
      case 'ask':
        await move({ type: 'ask', to: 'learner' }, wordsOf(text));
        break;
      case 'comment':
        await move({ type: 'comment' }, wordsOf(text));
        break;
      case 'drop-question':
        await move({ type: 'drop-question', question: Number(form.get('seq')) });
        break;
      case 'plan':
        await addPlanLine(deps, dossier, mover, planOf(form, wordsOf(text).text), form.get('form') || undefined);
        break;
      case 'confirm-plan':
        await confirmPlanLine(deps, dossier, mover, form.get('line'));
        break;
      default:
        throw new DomainError('request-invalid', 'There is no such move.');
    }
    return c.redirect(`/partner/${token}?done=sent`, 303);
  });

async function renderPartner(c: Context<AppEnv>) {
  const { deps } = c.var;
  const token = c.req.param('token')!;
  const { partner, dossier } = await readPartner(deps, token);
  const look = await lookAt(deps, dossier, 'partner', partner.id);
  const institution = (await findInstitution(deps, { id: dossier.institutionId }))!;
  // The link is the key: it goes nowhere else.
  c.header('referrer-policy', 'no-referrer');
  return renderPage(c, view => ({
    title: view.t.validations.partner.title(partner.name),
    noindex: true,
    cache: 'no-store',
    body: (
      <PartnerPage
        view={view}
        look={look}
        partner={partner}
        institution={institution}
        token={token}
        form={newToken()}
        done={c.req.query('done')}
      />
    ),
  }));
}
