import type { OpenDossierInvitation } from '../../dossiers/index.ts';
import type { Institution } from '../../institutions/index.ts';
import type { Experience } from '../../portfolio/index.ts';
import type { View } from '../view.ts';
import { Visible } from '../visible.tsx';
import { LoginFirst } from './login-first.tsx';
import { BeginForm } from './validations/begin.tsx';

interface JoinProps {
  view: View;
  institution: Institution;
  open: OpenDossierInvitation;
  token: string;
  signedIn: boolean;
  /** Whether to ask for an eduID: there is a way to it, and they have none here. */
  askEduid: boolean;
  experiences: Experience[];
  /** What can be chosen, where the invitation does not say. */
  choices: { id: string; name: string }[];
  form: string;
}

/** An invitation to show what someone can: from whom, for what, and the one thing to do. */
export function JoinPage(props: JoinProps) {
  const { view, institution, open, token, signedIn, askEduid, experiences, choices, form } = props;
  const words = view.t.dossiers.join;
  const path = `/join/${token}`;
  return (
    <section aria-labelledby="title">
      <h1 id="title">{words.title}</h1>
      <p class="lead">
        <Visible text={words.lead(institution.profile.name)} t={view.t} />
      </p>
      <p>
        <Visible text={words.about(open.achievement?.content.name ?? open.invitation.name)} t={view.t} />
      </p>
      {!signedIn && <LoginFirst back={path} words={words} />}
      {askEduid && (
        <p class="notice">
          {words.eduid} <a href={`/login/eduid?return=${encodeURIComponent(path)}&purpose=link`}>{words.eduidLink}</a>
        </p>
      )}
      {signedIn && (
        <BeginForm
          view={view}
          content={open.achievement?.content}
          experiences={experiences}
          choices={choices}
          form={form}
          action={path}
        />
      )}
    </section>
  );
}

export function JoinGone({ view }: { view: View }) {
  const words = view.t.dossiers.join;
  return (
    <section aria-labelledby="title">
      <h1 id="title">{words.gone}</h1>
      <p class="lead">{words.goneLead}</p>
    </section>
  );
}
