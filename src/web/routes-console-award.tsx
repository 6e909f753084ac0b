import { type Context, Hono } from 'hono';
import {
  type AwardRecord,
  confirmRevocation,
  liftSuspension,
  readAwardRecord,
  rejectRevocation,
  replaceAward,
  type ReplacementInput,
  replacementInput,
  revocationReasons,
  revokeAward,
  suspendAward,
  withdrawOffer,
} from '../credentials/index.ts';
import { memberOf, readPolicy, requireRight } from '../institutions/index.ts';
import { signedIn } from '../people/index.ts';
import type { AppEnv } from '../platform/http.ts';
import { DomainError } from '../platform/errors.ts';
import { decisionErrors, endOf, readDecision, refusalIn } from './award-form.ts';
import { doneAt, renderConsole } from './console.tsx';
import { type Form, readForm } from './form.ts';
import { AwardPage } from './pages/console/award.tsx';
import { nameOf } from './pages/console/awards.tsx';
import { ReplacePage } from './pages/console/award-replace.tsx';
import { type Filled, sentWith, startWith, WrongFields } from './pages/console/fields.tsx';
import { type View, viewOf } from './view.ts';

interface Wrong {
  status: number;
  form?: Filled;
  sentence?: string;
}

const idOf = (c: Context<AppEnv>) => c.req.param('id')!;
const pathOf = (c: Context<AppEnv>, id = idOf(c)) => `/console/${c.var.ctx.institution.slug}/awards/${id}`;

async function showAward(c: Context<AppEnv>, wrong?: Wrong): Promise<Response> {
  const { ctx } = c.var;
  const record = await readAwardRecord(ctx, idOf(c));
  const { confirmRevocation: takesTwo } = await readPolicy(ctx);
  const form = wrong?.form ?? startWith();
  return renderConsole(c, 'awards', (view, place) => ({
    title: view.t.console.oneAward.of(record.achievement.content.name, nameOf(view, record.award.input.recipient)),
    status: wrong?.status,
    alert: wrong && (wrong.sentence ?? <WrongFields view={view} form={form} />),
    body: <AwardPage view={view} place={place} record={record} form={form} takesTwo={takesTwo} />,
  }));
}

/** Runs a verb on one award; a refusal is told on its page. `run` says what was done. */
async function act(c: Context<AppEnv>, run: () => Promise<string>, form?: Form): Promise<Response> {
  try {
    const done = await run();
    return doneAt(c, done === 'award-withdrawn' ? pathOf(c).replace(/\/[^/]*$/, '') : pathOf(c), done);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not-found') throw error;
    const sentence = refusalIn(await viewOf(c), error);
    const status = error instanceof DomainError && error.code === 'forbidden' ? 403 : 409;
    return showAward(c, { status, sentence, ...(form ? { form: sentWith(form, {}) } : {}) });
  }
}

async function revoke(c: Context<AppEnv>): Promise<Response> {
  const form = await readForm(c);
  const { forms, award } = (await viewOf(c)).t.console;
  const reason = revocationReasons.find(r => r === form.get('reason'));
  const text = form.get('revokeText');
  const errors = {
    ...(reason ? {} : { reason: forms.choose }),
    ...(text.length > 5000 ? { revokeText: award.wrong.text } : {}),
  };
  if (!reason || Object.keys(errors).length) return showAward(c, { status: 400, form: sentWith(form, errors) });
  const input = { reason, ...(text ? { text } : {}) };
  const run = async () =>
    (await revokeAward(c.var.ctx, idOf(c), input)).waiting ? 'revocation-asked' : 'award-revoked';
  return act(c, run, form);
}

async function suspend(c: Context<AppEnv>): Promise<Response> {
  const form = await readForm(c);
  const text = form.get('suspendText');
  const { wrong } = (await viewOf(c)).t.console.award;
  if (text.length > 5000) return showAward(c, { status: 400, form: sentWith(form, { suspendText: wrong.text }) });
  return act(c, async () => {
    await suspendAward(c.var.ctx, idOf(c), text ? { text } : {});
    return 'award-suspended';
  });
}

/** What the form of a replacement begins with: what stands on the badge now. */
const standing = ({ award: { input } }: AwardRecord): Record<string, string> => ({
  why: 'correction',
  name: input.recipient.name ?? '',
  narrative: input.narrative ?? '',
  validUntil: input.validUntil?.slice(0, 10) ?? '',
  basis: input.decision.basis,
  decidedBy: input.decision.decidedBy,
  decidedOn: input.decision.decidedOn,
  reference: input.decision.reference ?? '',
});

async function showReplace(c: Context<AppEnv>, wrong?: Wrong): Promise<Response> {
  const { ctx } = c.var;
  requireRight(ctx, 'award.replace');
  const record = await readAwardRecord(ctx, idOf(c));
  requireRight(ctx, 'award.replace', { achievement: record.achievement.id, person: record.signed?.award.personId });
  if (!record.signed) throw new DomainError('not-claimed', 'What is not signed yet is withdrawn and awarded anew.');
  const form = wrong?.form ?? startWith(standing(record));
  return renderConsole(c, 'awards', (view, place) => ({
    title: view.t.console.replace.title,
    status: wrong?.status,
    alert: wrong && (wrong.sentence ?? <WrongFields view={view} form={form} />),
    body: <ReplacePage view={view} place={place} record={record} form={form} />,
  }));
}

/** What the form changes; what it left as it was is not named. */
function changesIn(view: View, form: Form, record: AwardRecord): ReplacementInput | { errors: Record<string, string> } {
  const { forms, replace, award: words } = view.t.console;
  const before = standing(record);
  const differs = (...names: string[]) => names.some(name => form.get(name) !== before[name]);
  const kind = form.get('why');
  const decided = kind === 'renewal' || differs('basis', 'decidedBy', 'decidedOn', 'reference');
  const errors: Record<string, string> = {
    ...decisionErrors(view, form, record.achievement.content),
    ...(form.get('decidedBy') ? {} : { decidedBy: forms.needed }),
    ...(form.get('decidedOn') ? {} : { decidedOn: forms.needed }),
    ...(kind === 'renewal' && !differs('decidedOn', 'reference') ? { decidedOn: replace.newDecision } : {}),
  };
  if (Object.keys(errors).length) return { errors };
  const changes = {
    kind,
    ...(form.get('text') ? { text: form.get('text') } : {}),
    ...(form.has('name') && differs('name') ? { recipient: { name: form.get('name') || null } } : {}),
    ...(differs('narrative') ? { narrative: form.get('narrative') || null } : {}),
    ...(decided ? { decision: readDecision(form) } : {}),
    ...(decided || differs('validUntil') ? { validUntil: until(form, record) } : {}),
  };
  const parsed = replacementInput.safeParse(changes);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = { recipient: 'name', kind: 'why' };
  const wrong = parsed.error.issues.map(({ path: [first, second] }) => {
    const name = String(first === 'decision' ? (second ?? 'decidedBy') : first);
    return [fields[name] ?? name, words.wrong.text];
  });
  return { errors: Object.fromEntries(wrong) };
}

/** The end as it stood when the day is the same, since a badge can end at any time of a day. */
function until(form: Form, { award: { input } }: AwardRecord): string | null {
  const day = form.get('validUntil');
  if (!day) return null;
  return input.validUntil?.startsWith(day) ? input.validUntil : endOf(day);
}

async function replace(c: Context<AppEnv>): Promise<Response> {
  const { ctx } = c.var;
  const form = await readForm(c);
  const view = await viewOf(c);
  const changes = changesIn(view, form, await readAwardRecord(ctx, idOf(c)));
  if ('errors' in changes) return showReplace(c, { status: 400, form: sentWith(form, changes.errors) });
  try {
    const { id } = await replaceAward(ctx, idOf(c), changes);
    return doneAt(c, pathOf(c, id), 'award-replaced');
  } catch (error) {
    return showReplace(c, { status: 422, form: sentWith(form, {}), sentence: refusalIn(view, error) });
  }
}

/** One award: its life, and what can be done about it. */
export const consoleAwardRoutes = new Hono<AppEnv>()
  .get('/console/:slug/awards/:id', signedIn, memberOf, c => showAward(c))
  .post('/console/:slug/awards/:id/withdrawal', signedIn, memberOf, c =>
    act(c, async () => {
      await withdrawOffer(c.var.ctx, idOf(c));
      return 'award-withdrawn';
    }),
  )
  .post('/console/:slug/awards/:id/revocation', signedIn, memberOf, revoke)
  .post('/console/:slug/awards/:id/revocation/confirmation', signedIn, memberOf, c =>
    act(c, async () => {
      await confirmRevocation(c.var.ctx, idOf(c));
      return 'award-revoked';
    }),
  )
  .post('/console/:slug/awards/:id/revocation/rejection', signedIn, memberOf, c =>
    act(c, async () => {
      await rejectRevocation(c.var.ctx, idOf(c));
      return 'revocation-rejected';
    }),
  )
  .post('/console/:slug/awards/:id/suspension', signedIn, memberOf, suspend)
  .post('/console/:slug/awards/:id/lifting', signedIn, memberOf, c =>
    act(c, async () => {
      await liftSuspension(c.var.ctx, idOf(c));
      return 'award-lifted';
    }),
  )
  .get('/console/:slug/awards/:id/replacement', signedIn, memberOf, c => showReplace(c))
  .post('/console/:slug/awards/:id/replacement', signedIn, memberOf, replace);
