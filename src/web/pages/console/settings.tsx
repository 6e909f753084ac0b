import { type InstitutionPolicy, institutionKinds, mayDo, roleName } from '../../../institutions/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import type { View } from '../../view.ts';
import { type Filled, Select, startWith, TextField, Tick } from './fields.tsx';

interface SettingsProps {
  view: View;
  place: ConsolePlace;
  policy: InstitutionPolicy;
  /** What was sent and is not right yet. */
  profileForm?: Filled;
  policyForm?: Filled;
  dossierForm?: Filled;
}

/** What an institution says of itself, and what it chose where it may choose. */
export function SettingsPage({ view, place, policy, profileForm, policyForm, dossierForm }: SettingsProps) {
  const { actor } = place.ctx;
  return (
    <div class="side">
      {mayDo(actor, 'profile.update', { whole: true }) && (
        <ProfileForm view={view} place={place} form={profileForm ?? startWith(profileValues(place))} />
      )}
      {mayDo(actor, 'policy.update', { whole: true }) && (
        <div>
          <PolicyForm view={view} place={place} form={policyForm ?? startWith(policyValues(policy))} />
          <DossierForm view={view} place={place} form={dossierForm ?? startWith(dossierValues(policy))} />
        </div>
      )}
    </div>
  );
}

function profileValues({ institution: { profile } }: ConsolePlace) {
  const { address, qualityAssurance: qa, identifiers } = profile;
  return {
    name: profile.name,
    kind: profile.kind,
    url: profile.url,
    email: profile.email,
    description: profile.description,
    countryCode: address.countryCode,
    locality: address.locality,
    street: address.street,
    postalCode: address.postalCode,
    identifiers: identifiers.map(({ type, identifier }) => `${type} ${identifier}`).join('\n'),
    qaName: qa?.name,
    qaUrl: qa?.url,
    qaDescription: qa?.description,
    qaCode: qa?.code,
  };
}

const policyValues = ({ confirmRevocation, releaseBatchAbove }: InstitutionPolicy) => ({
  confirmRevocation: confirmRevocation ? 'yes' : '',
  releaseBatchAbove: releaseBatchAbove === null ? '' : String(releaseBatchAbove),
});

const dossierValues = ({ dossier: { terms, sampleOneIn, ...rest } }: InstitutionPolicy) => ({
  ...Object.fromEntries(
    Object.entries({ ...rest, ...terms }).map(([name, value]) => [
      name,
      typeof value === 'boolean' ? (value ? 'yes' : '') : String(value),
    ]),
  ),
  sampleOneIn: sampleOneIn === null ? '' : String(sampleOneIn),
});

interface FormProps {
  view: View;
  place: ConsolePlace;
  form: Filled;
}

function ProfileForm({ view, place, form }: FormProps) {
  const { settings: t, forms } = view.t.console;
  const kinds = institutionKinds.map(value => ({ value, label: view.t.institution.kinds[value] }));
  const shared = { view, form };
  return (
    <section aria-labelledby="profile">
      <h2 id="profile">{t.profile}</h2>
      <p>{t.profileLead}</p>
      <p class="note">{t.fixed(place.institution.did)}</p>
      <form class="panel" method="post" action={`${place.base}/settings/profile`}>
        <TextField {...shared} name="name" label={t.name} max={200} />
        <Select {...shared} name="kind" label={t.kind} hint={t.kindHint} choices={kinds} />
        <TextField {...shared} name="url" label={t.url} type="url" max={500} optional />
        <TextField {...shared} name="email" label={t.email} type="email" max={200} optional />
        <TextField {...shared} name="description" label={t.description} rows={3} max={2000} optional />
        <TextField {...shared} name="countryCode" label={t.country} hint={t.countryHint} max={2} />
        <TextField {...shared} name="locality" label={t.locality} max={100} optional />
        <TextField {...shared} name="street" label={t.street} max={200} optional />
        <TextField {...shared} name="postalCode" label={t.postalCode} max={20} optional />
        <TextField {...shared} name="identifiers" label={t.identifiers} hint={t.identifiersHint} rows={2} optional />
        <h3 class="apart">{t.quality}</h3>
        <p class="note">{t.qualityLead}</p>
        <TextField {...shared} name="qaName" label={t.qaName} max={200} optional />
        <TextField {...shared} name="qaUrl" label={t.qaUrl} type="url" max={500} optional />
        <TextField {...shared} name="qaDescription" label={t.qaDescription} rows={2} max={2000} optional />
        <TextField {...shared} name="qaCode" label={t.qaCode} max={100} optional />
        <p class="actions">
          <button class="button" type="submit">
            {forms.save}
          </button>
        </p>
      </form>
    </section>
  );
}

function PolicyForm({ view, place, form }: FormProps) {
  const { settings: t, forms } = view.t.console;
  return (
    <section aria-labelledby="policy">
      <h2 id="policy">{t.policy}</h2>
      <form class="panel" method="post" action={`${place.base}/settings/policy`}>
        <Tick
          view={view}
          form={form}
          name="confirmRevocation"
          label={t.confirmRevocation}
          hint={t.confirmRevocationHint}
        />
        <TextField
          view={view}
          form={form}
          name="releaseBatchAbove"
          label={t.release}
          hint={t.releaseHint}
          type="number"
          optional
        />
        <p class="actions">
          <button class="button" type="submit">
            {forms.save}
          </button>
        </p>
      </form>
    </section>
  );
}

/** How dossiers go here: what must not go together, terms, and the sample. */
function DossierForm({ view, place, form }: FormProps) {
  const { policy: t } = view.t.dossiers;
  const shared = { view, form };
  const { kind } = place.institution.profile;
  return (
    <section aria-labelledby="dossiers">
      <h2 id="dossiers">{t.title}</h2>
      <form class="panel" method="post" action={`${place.base}/settings/dossiers`}>
        <Tick {...shared} name="guideApart" label={t.guideApart} hint={t.guideApartHint} />
        <Tick {...shared} name="examinerApart" label={t.examinerApart} hint={t.examinerApartHint} />
        <TextField {...shared} name="replyDays" label={t.replyDays} type="number" />
        <TextField {...shared} name="reconsiderDays" label={t.reconsiderDays} type="number" />
        {(['coordinator', 'assessor', 'examiner', 'board'] as const).map(role => (
          <TextField {...shared} name={role} label={t.term(roleName(view.language, kind, role))} type="number" />
        ))}
        <TextField
          {...shared}
          name="sampleOneIn"
          label={t.sampleOneIn}
          hint={t.sampleOneInHint}
          type="number"
          optional
        />
        <TextField {...shared} name="sampleFirst" label={t.sampleFirst} type="number" />
        <p class="actions">
          <button class="button" type="submit">
            {view.t.console.forms.save}
          </button>
        </p>
      </form>
    </section>
  );
}
