import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { versionUrl } from '../catalogue/index.ts';
import {
  endorse,
  type Endorsed,
  type Endorsement,
  endorsementInput,
  endorsementUrl,
  findEndorsed,
  listAllEndorsements,
  listEndorsements,
  listGivenEndorsements,
  readEndorsement,
  withdrawEndorsement,
} from '../credentials/index.ts';
import { listMemberships, mayDo, rolesOf } from '../institutions/index.ts';
import { sessionOf, signedIn } from '../people/index.ts';
import type { Actor } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { type AppEnv, openToAll, parse, rateLimited } from '../platform/http.ts';
import { newToken } from '../platform/ids.ts';
import { operation } from '../platform/openapi.ts';
import { bringEndorsement } from '../wallets/index.ts';
import { readFields, readForm } from './form.ts';
import { readLanguage } from './language.ts';
import { EndorsePage } from './pages/endorse.tsx';
import { EndorsedByMePage } from './pages/endorsements.tsx';
import { renderPage } from './render.tsx';
import type { View } from './view.ts';

type C = Context<AppEnv>;
const personal = { noindex: true, cache: 'no-store' } as const;
const institutionPath = '/i/:slug/endorse';
const achievementPath = '/i/:slug/achievements/:id/endorse';

const subjectOf = (c: C): Promise<Endorsed> => findEndorsed(c.var.deps, c.req.param('slug')!, c.req.param('id'));

const pathOf = ({ institution, achievement }: Endorsed): string =>
  `/i/${institution.slug}${achievement ? `/achievements/${achievement.id}` : ''}/endorse`;

interface Again {
  get: (name: string) => string;
  status: number;
  alert: (view: View) => string;
}

async function renderEndorse(c: C, again?: Again): Promise<Response> {
  const { deps } = c.var;
  const { person } = sessionOf(c);
  const subject = await subjectOf(c);
  const { institution, achievement } = subject;
  const own = (await rolesOf(deps, institution.id, person)).length > 0;
  const place = achievement && {
    origin: deps.config.origin,
    institution,
    achievementId: achievement.id,
    version: achievement.version,
  };
  const speaksFor = await spokenFor(c);
  return renderPage(c, view => ({
    title: view.t.endorse.form.title(achievement?.name ?? institution.profile.name),
    ...personal,
    ...(again ? { status: again.status } : {}),
    body: (
      <EndorsePage
        {...{ view, subject, speaksFor, own }}
        path={pathOf(subject)}
        about={place ? versionUrl(place) : institution.did}
        nonce={again?.get('nonce') || newToken()}
        alert={again?.alert(view)}
        {...(again ? { form: { get: again.get } } : {})}
      />
    ),
  }));
}

/** The institutions that who is signed in may speak for. */
async function spokenFor(c: C): Promise<{ slug: string; name: string }[]> {
  const { person } = sessionOf(c);
  const found = new Map<string, string>();
  for (const { slug, profile, role } of await listMemberships(c.var.deps, person)) {
    const actor: Actor = { kind: 'member', person, roles: [{ role, achievements: null }] };
    if (mayDo(actor, 'endorsement.edit')) found.set(slug, profile.name);
  }
  return [...found].map(([slug, name]) => ({ slug, name }));
}

async function give(c: C): Promise<Response> {
  const subject = await subjectOf(c);
  const form = await readForm(c);
  const again = (status: number, alert: Again['alert']) => renderEndorse(c, { get: form.get, status, alert });
  const optional = (name: string) => (form.get(name) ? { [name]: form.get(name) } : {});
  const said = { nonce: form.get('nonce'), words: form.get('words') };
  const input = endorsementInput.safeParse({
    ...said,
    ...optional('name'),
    ...optional('onBehalfOf'),
    ...optional('as'),
  });
  if (!input.success || (!input.data.name && !input.data.as)) return again(400, view => view.t.endorse.form.missing);
  try {
    await endorse(c.var.deps, sessionOf(c), subject, input.data, readLanguage(c));
  } catch (error) {
    return tell(error, again);
  }
  const { as } = input.data;
  return c.redirect(
    as ? `/console/${as}/endorsements?done=endorsement-given` : '/account/endorsements?done=given',
    303,
  );
}

async function bring(c: C): Promise<Response> {
  const subject = await subjectOf(c);
  const fields = await readFields(c);
  const file = [fields.file].flat().find(one => one instanceof File && one.size > 0) as File | undefined;
  const pasted = typeof fields.text === 'string' ? fields.text : '';
  const text = pasted.trim() || ((await file?.text()) ?? '');
  const get = (name: string) => (name === 'document' ? text.slice(0, 100_000) : '');
  try {
    await bringEndorsement(c.var.deps, sessionOf(c), subject, text, readLanguage(c));
  } catch (error) {
    return tell(error, (status, alert) => renderEndorse(c, { get, status, alert }));
  }
  return c.redirect('/account/endorsements?done=given', 303);
}

/** What can be helped is told on the form. */
function tell(error: unknown, again: (status: number, alert: Again['alert']) => Promise<Response>): Promise<Response> {
  const { code, extensions } = error instanceof DomainError ? error : { code: undefined, extensions: {} };
  if (code === 'role-conflict') return again(409, view => view.t.endorse.form.own);
  if (code === 'forbidden' || code === 'not-found') return again(403, view => view.t.endorse.form.forbidden);
  if (code === 'limit-broken' && extensions.most !== undefined) return again(422, view => view.t.endorse.form.full);
  const unread = [
    'credential-unreadable',
    'json-malformed',
    'limit-depth',
    'limit-broken',
    'several-badges',
    'request-invalid',
  ];
  if (!code || !unread.includes(code)) throw error;
  const reason = String(extensions.reason);
  return again(422, ({ t }) => {
    const { refused } = t.endorse.signed;
    return Object.hasOwn(refused, reason) ? refused[reason as keyof typeof refused] : refused.unreadable;
  });
}

const query = z.strictObject({ institution: z.string().max(100), achievement: z.string().max(100).optional() });

const entry = z.looseObject({
  id: z
    .string()
    .describe('where the signed document is; also its id, where the service or an institution of it signed'),
  about: z.looseObject({ kind: z.enum(['institution', 'achievement']), url: z.string(), name: z.string() }),
  way: z
    .enum(['login', 'institution', 'elsewhere'])
    .describe('who signed: the service after a login, an institution of the service, or a key of the giver'),
  by: z.string(),
  words: z.string(),
});

function entryOf(origin: string, one: Endorsement) {
  const { about, way, by, onBehalfOf, words, version, told, language, issuer, validUntil, checked, createdAt } = one;
  const url = `${origin}/i/${about.slug}${about.kind === 'achievement' ? `/achievements/${about.id}` : ''}`;
  return {
    id: endorsementUrl(origin, about.slug, one.id),
    about: { kind: about.kind, url, name: about.name },
    way,
    by,
    onBehalfOf: onBehalfOf ?? null,
    words,
    version: version ?? null,
    told: told ?? null,
    language,
    issuer: issuer ?? null,
    validUntil: validUntil ?? null,
    checked: checked ?? null,
    givenAt: createdAt,
  };
}

/**
 * Words of others about institutions and what can be earned there: who gives them, who takes them back, who reads them.
 */
export const endorseRoutes = new Hono<AppEnv>()
  .get(institutionPath, signedIn, c => renderEndorse(c))
  .get(achievementPath, signedIn, c => renderEndorse(c))
  .post(institutionPath, signedIn, rateLimited, give)
  .post(achievementPath, signedIn, rateLimited, give)
  .post(`${institutionPath}/signed`, signedIn, rateLimited, bring)
  .post(`${achievementPath}/signed`, signedIn, rateLimited, bring)
  .on('OPTIONS', ['/i/:slug/endorsements/:endorsement', '/api/v1/catalogue/endorsements'], openToAll)
  .get('/i/:slug/endorsements/:endorsement', async c => {
    const { slug, endorsement } = c.req.param();
    const { document } = await readEndorsement(c.var.deps, slug, endorsement);
    return c.body(document, 200, {
      // VCDM 2.0 §C.1; VC-JOSE-COSE §6.1.1
      'content-type': document.startsWith('{') ? 'application/vc' : 'application/vc+jwt',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      // It can be withdrawn at any moment.
      'cache-control': 'no-cache',
    });
  })
  .get(
    '/api/v1/catalogue/endorsements',
    operation({
      summary: 'What others say of an institution, or of an achievement of it',
      description:
        'Only what the institution accepted and nobody withdrew. Without `achievement` all of the institution. Open to all, from any origin.',
      tag: 'Catalogue',
      open: true,
      query,
      answers: { 200: { description: 'All of them', schema: z.object({ items: z.array(entry) }) } },
      errors: ['request-invalid', 'not-found'],
    }),
    async c => {
      const { deps } = c.var;
      const { institution, achievement } = parse(query, c.req.query());
      const subject = await findEndorsed(deps, institution, achievement);
      const found = await (achievement
        ? listEndorsements(deps, subject)
        : listAllEndorsements(deps, subject.institution));
      return c.json({ items: found.map(one => entryOf(deps.config.origin, one)) }, 200, {
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
        'cache-control': 'no-cache',
      });
    },
  )
  .get('/account/endorsements', signedIn, async c => {
    const given = await listGivenEndorsements(c.var.deps, sessionOf(c));
    return renderPage(c, view => ({
      title: view.t.endorse.account.title,
      ...personal,
      body: <EndorsedByMePage view={view} given={given} done={c.req.query('done')} />,
    }));
  })
  .post('/account/endorsements/:id/withdraw', signedIn, async c => {
    await withdrawEndorsement(c.var.deps, sessionOf(c), c.req.param('id'));
    return c.redirect('/account/endorsements?done=withdrawn', 303);
  });
