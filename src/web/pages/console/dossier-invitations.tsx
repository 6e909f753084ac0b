import type { listDossierInvitations } from '../../../dossiers/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import { QrCode } from '../../qr.tsx';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { DossierRooms } from './dossier-rooms.tsx';
import { Ends, type Filled, MakeForm, Select, TextField } from './fields.tsx';

interface InvitationsProps {
  view: View;
  place: ConsolePlace;
  invitations: Awaited<ReturnType<typeof listDossierInvitations>>;
  achievements: { id: string; name: string }[];
  form: Filled;
  /** The link of the one that was just made: told once. */
  link: string | undefined;
}

/** Invitations to a validation: one person or a group under one link. */
export function InvitationsPage(props: InvitationsProps) {
  const { view, place, invitations, achievements, form, link } = props;
  const words = view.t.dossiers.invitations;
  const shared = { view, form };
  return (
    <>
      <DossierRooms view={view} place={place} />
      {link && (
        <div class="notice done" role="status">
          <p>{words.link}</p>
          <div class="take">
            <QrCode text={link} label={words.qr} />
            <code class="secret">{link}</code>
          </div>
        </div>
      )}
      <p class="lead">{words.lead}</p>
      {invitations.length === 0 ? <p class="empty apart">{words.none}</p> : <InvitationTable {...props} />}
      <MakeForm title={words.make} action={`${place.base}/dossiers/invitations`}>
        <TextField {...shared} name="name" label={words.name} hint={words.nameHint} max={200} />
        <Select
          {...shared}
          name="achievementId"
          label={words.achievement}
          choices={[
            { value: '', label: words.free },
            ...achievements.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <TextField {...shared} name="places" label={words.places} hint={words.placesHint} type="number" />
        <TextField {...shared} name="endsOn" label={words.endsOn} type="date" />
      </MakeForm>
    </>
  );
}

function InvitationTable({ view, place, invitations, achievements }: InvitationsProps) {
  const words = view.t.dossiers.invitations;
  const titles = new Map(achievements.map(({ id, name }) => [id, name]));
  const now = view.now.toISOString();
  return (
    <table class="stack apart">
      <caption class="visually-hidden">{words.title}</caption>
      <thead>
        <tr>
          <th scope="col">{words.name}</th>
          <th scope="col">{words.achievement}</th>
          <th scope="col">{words.came}</th>
          <th scope="col">{words.ends}</th>
        </tr>
      </thead>
      <tbody>
        {invitations.map(({ id, name, achievementId, came, places, expiresAt, endedAt }) => {
          const open = !endedAt && expiresAt > now;
          return (
            <tr>
              <th scope="row">
                <Visible text={name} t={view.t} />
              </th>
              <td data-label={words.achievement}>
                {achievementId ? (titles.get(achievementId) ?? achievementId) : words.free}
              </td>
              <td data-label={words.came}>{words.of(came, places)}</td>
              <td data-label={words.ends}>
                <Ends
                  view={view}
                  until={open ? expiresAt : undefined}
                  ended={words.ended}
                  stop={words.stop(name)}
                  action={`${place.base}/dossiers/invitations/${id}/end`}
                />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
