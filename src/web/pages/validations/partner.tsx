import type { Look, Partner } from '../../../dossiers/index.ts';
import type { Institution } from '../../../institutions/index.ts';
import { day } from '../../format.ts';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { Told } from '../notebook/parts.tsx';
import type { Seen } from './parts.tsx';
import { Plan } from './plan.tsx';
import { SharedList } from './shown.tsx';
import { Say, Talk } from './talk.tsx';

export interface PartnerProps {
  view: View;
  look: Look;
  partner: Partner;
  institution: Institution;
  token: string;
  form: string;
  done: string | undefined;
}

/** What someone sees whom a learner invited: what is shared with them, their own part of the talk, and the plan. */
export function PartnerPage({ view, look, partner, institution, token, form, done }: PartnerProps) {
  const words = view.t.validations;
  const action = `/partner/${token}`;
  const seen: Seen = { view, look, institution, self: partner.id, action, form };
  const title = [...look.titles.values()].join(', ') || words.free;
  return (
    <>
      <Told words={words.done[done as keyof typeof words.done]} />
      <section aria-labelledby="title">
        <h1 id="title">{words.partner.title(partner.name)}</h1>
        <p class="lead">
          <Visible text={words.partner.lead(title)} t={view.t} />
        </p>
        <p class="soft">{institution.profile.name}</p>
        <p class="note">
          {partner.kind === 'work' && words.partner.noAccount}{' '}
          {words.partner.until(day(partner.expiresAt, view.language))}
        </p>
        {partner.kind === 'guide' && !partner.personId && (
          <div class="question apart">
            <p>{words.partner.guideLead}</p>
            {view.signedIn ? (
              <form class="actions" method="post" action={`${action}/join`}>
                <button class="button big" type="submit">
                  {words.partner.guideJoin}
                </button>
              </form>
            ) : (
              <p class="actions">
                <a class="button big" href={`/login?return=${encodeURIComponent(action)}`}>
                  {words.partner.guide}
                </a>
              </p>
            )}
          </div>
        )}
      </section>
      <section aria-labelledby="shared">
        <h2 id="shared">{words.shown.audience}</h2>
        <SharedList view={view} look={look} files={`${action}/files`} />
      </section>
      <Talk {...seen} answers={() => false} confirms={() => false} />
      <Say {...seen} open />
      <Plan {...seen} side="employer" />
    </>
  );
}
