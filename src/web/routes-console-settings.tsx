import { type Context, Hono } from 'hono';
import {
  dossierPolicy,
  policyInput,
  institutionProfile,
  memberOf,
  readPolicy,
  requireRight,
  updatePolicy,
  updateProfile,
} from '../institutions/index.ts';
import { signedIn } from '../people/index.ts';
import type { AppEnv } from '../platform/http.ts';
import { doneAt, renderConsole } from './console.tsx';
import { type Form, readForm } from './form.ts';
import { type Filled, sentWith, WrongFields } from './pages/console/fields.tsx';
import { SettingsPage } from './pages/console/settings.tsx';
import type { Messages } from './messages.ts';
import { viewOf } from './view.ts';

interface Wrong {
  profileForm?: Filled;
  policyForm?: Filled;
  dossierForm?: Filled;
}

async function showSettings(
  c: Context<AppEnv>,
  { profileForm, policyForm, dossierForm }: Wrong = {},
): Promise<Response> {
  requireRight(c.var.ctx, 'policy.update', { whole: true });
  const policy = await readPolicy(c.var.ctx);
  const wrong = profileForm ?? policyForm ?? dossierForm;
  return renderConsole(c, 'settings', (view, place) => ({
    title: view.t.console.settings.title,
    status: wrong && 400,
    alert: wrong && <WrongFields view={view} form={wrong} />,
    body: <SettingsPage {...{ view, place, policy, profileForm, policyForm, dossierForm }} />,
  }));
}

type Errors = Messages['console']['settings']['errors'];
type Field = keyof Errors;

/** The fields of the form as the profile that they stand for. */
function profileOf(form: Form) {
  const some = (name: string) => form.get(name) || undefined;
  const identifiers = form
    .get('identifiers')
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
    .map(line => {
      const [type = '', ...rest] = line.split(/\s+/);
      return { type, identifier: rest.join(' ') };
    });
  const qa = {
    name: form.get('qaName'),
    url: form.get('qaUrl'),
    description: some('qaDescription'),
    code: some('qaCode'),
  };
  return {
    name: form.get('name'),
    kind: form.get('kind'),
    url: some('url'),
    email: some('email'),
    description: some('description'),
    address: {
      countryCode: form.get('countryCode').toUpperCase(),
      locality: some('locality'),
      street: some('street'),
      postalCode: some('postalCode'),
    },
    identifiers,
    qualityAssurance: Object.values(qa).some(Boolean) ? qa : undefined,
  };
}

/** The field of the form that a member of the profile came from. */
function fieldOf(path: PropertyKey[], errors: Errors): Field {
  const [first, second] = path.map(String);
  const name =
    first === 'qualityAssurance'
      ? `qa${second?.[0]?.toUpperCase()}${second?.slice(1)}`
      : first === 'address'
        ? second
        : first;
  return name && Object.hasOwn(errors, name) ? (name as Field) : 'name';
}

async function errorsOf(c: Context<AppEnv>, issues: { path: PropertyKey[] }[]): Promise<Record<string, string>> {
  const { errors } = (await viewOf(c)).t.console.settings;
  return Object.fromEntries(
    issues.map(({ path }) => fieldOf(path, errors)).map(field => [field, errors[field]] as const),
  );
}

const at = (c: Context<AppEnv>) => `/console/${c.var.ctx.institution.slug}/settings`;

/** The profile and the policy of an institution. */
export const consoleSettingsRoutes = new Hono<AppEnv>()
  .get('/console/:slug/settings', signedIn, memberOf, c => showSettings(c))
  .post('/console/:slug/settings/profile', signedIn, memberOf, async c => {
    requireRight(c.var.ctx, 'profile.update', { whole: true });
    const form = await readForm(c);
    const read = institutionProfile.safeParse(profileOf(form));
    if (!read.success) return showSettings(c, { profileForm: sentWith(form, await errorsOf(c, read.error.issues)) });
    await updateProfile(c.var.ctx, read.data);
    return doneAt(c, at(c), 'profile-saved');
  })
  .post('/console/:slug/settings/policy', signedIn, memberOf, async c => {
    requireRight(c.var.ctx, 'policy.update', { whole: true });
    const form = await readForm(c);
    const above = form.get('releaseBatchAbove');
    const read = policyInput.safeParse({
      confirmRevocation: form.get('confirmRevocation') === 'yes',
      releaseBatchAbove: above === '' ? null : Number(above),
    });
    if (!read.success) return showSettings(c, { policyForm: sentWith(form, await errorsOf(c, read.error.issues)) });
    await updatePolicy(c.var.ctx, read.data);
    return doneAt(c, at(c), 'policy-saved');
  })
  .post('/console/:slug/settings/dossiers', signedIn, memberOf, async c => {
    requireRight(c.var.ctx, 'policy.update', { whole: true });
    const form = await readForm(c);
    const read = dossierPolicy.safeParse(dossierPolicyOf(form));
    if (!read.success) {
      const { wrong } = (await viewOf(c)).t.dossiers.policy;
      const fields = read.error.issues.map(({ path }) => String(path.at(-1)));
      return showSettings(c, { dossierForm: sentWith(form, Object.fromEntries(fields.map(name => [name, wrong]))) });
    }
    const { confirmRevocation, releaseBatchAbove } = await readPolicy(c.var.ctx);
    await updatePolicy(c.var.ctx, { confirmRevocation, releaseBatchAbove, dossier: read.data });
    return doneAt(c, at(c), 'dossier-policy-saved');
  });

/** The policy of dossiers of its form; an empty number is none. */
function dossierPolicyOf(form: Form) {
  const whole = (name: string) => (form.get(name) === '' ? Number.NaN : Number(form.get(name)));
  const [coordinator, assessor] = [whole('coordinator'), whole('assessor')];
  const [examiner, board] = [whole('examiner'), whole('board')];
  return {
    guideApart: form.get('guideApart') === 'yes',
    examinerApart: form.get('examinerApart') === 'yes',
    replyDays: whole('replyDays'),
    reconsiderDays: whole('reconsiderDays'),
    terms: { coordinator, assessor, examiner, board },
    sampleOneIn: form.get('sampleOneIn') === '' ? null : whole('sampleOneIn'),
    sampleFirst: whole('sampleFirst'),
  };
}
