import {
  type Invitation,
  mayDo,
  type Member,
  type MemberRole,
  memberRoles,
  roleName,
} from '../../../institutions/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import { day } from '../../format.ts';
import type { View } from '../../view.ts';
import { TableHead } from '../table-head.tsx';
import { Choices, type Filled, TextField } from './fields.tsx';

interface MembersProps {
  view: View;
  place: ConsolePlace;
  members: Member[];
  next?: string;
  /** Undefined for who may not invite. */
  inviting?: { invitations: Invitation[]; achievements: { id: string; name: string }[]; form: Filled };
}

/** Who has a role, who was invited, and the form that invites. */
export function MembersPage({ view, place, members, next, inviting }: MembersProps) {
  const t = view.t.console.members;
  return (
    <>
      <p class="lead">{t.lead}</p>
      {members.length === 0 && <p class="empty apart">{t.none}</p>}
      {members.length > 0 && <MemberTable view={view} place={place} members={members} />}
      {next && (
        <p class="actions">
          <a href={`${place.base}/members?cursor=${encodeURIComponent(next)}`}>{t.more}</a>
        </p>
      )}
      {inviting && (
        <>
          <Waiting view={view} place={place} invitations={inviting.invitations} />
          <InviteForm view={view} place={place} achievements={inviting.achievements} form={inviting.form} />
        </>
      )}
    </>
  );
}

function MemberTable({ view, place, members }: { view: View; place: ConsolePlace; members: Member[] }) {
  const t = view.t.console.members;
  const { actor } = place.ctx;
  const { kind } = place.institution.profile;
  const mayEnd = mayDo(actor, 'member.end', { whole: true });
  const me = actor.kind === 'member' ? actor.person : undefined;
  return (
    <table class="stack apart">
      <TableHead columns={[t.name, t.role, t.reach, t.since]} doing={mayEnd && t.actions} />
      <tbody>
        {members.map(m => {
          const role = roleName(view.language, kind, m.role);
          const name = m.name ?? m.account ?? t.noName;
          return (
            <tr>
              <th scope="row">
                {name} {m.person === me && <span class="tag">{t.you}</span>}
                {m.name && m.account && <span class="note">{m.account}</span>}
              </th>
              <td>{role}</td>
              <td data-label={t.reach}>{m.achievements ? t.some(m.achievements.length) : t.whole}</td>
              <td data-label={t.since}>{day(m.since, view.language)}</td>
              {mayEnd && (
                <td class="does">
                  <details>
                    <summary>
                      {t.end}
                      <span class="visually-hidden">: {`${name}, ${role}`}</span>
                    </summary>
                    <form method="post" action={`${place.base}/members/${m.id}/end`}>
                      <p class="note">{t.endSure(name, role)}</p>
                      <button class="button small danger" type="submit">
                        {t.end}
                      </button>
                    </form>
                  </details>
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Waiting({ view, place, invitations }: { view: View; place: ConsolePlace; invitations: Invitation[] }) {
  const t = view.t.console.members;
  const at = `${place.base}/members/invitations`;
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">{t.waiting}</h2>
      {invitations.length === 0 && <p class="soft">{t.waitingNone}</p>}
      {invitations.length > 0 && (
        <table class="stack">
          <TableHead columns={[t.address, t.role, t.reach, t.until]} doing={t.actions} />
          <tbody>
            {invitations.map(i => (
              <tr>
                <th scope="row">{i.address}</th>
                <td>{roleName(view.language, place.institution.profile.kind, i.role)}</td>
                <td data-label={t.reach}>{i.achievements ? t.some(i.achievements.length) : t.whole}</td>
                <td data-label={t.until}>{day(i.expiresAt, view.language)}</td>
                <td class="does">
                  <form method="post" action={`${at}/${i.id}/letter`}>
                    <button class="quiet" type="submit">
                      {i.addressKind === 'email' ? t.resend : t.newLink}
                      <span class="visually-hidden">: {i.address}</span>
                    </button>
                  </form>
                  <form method="post" action={`${at}/${i.id}/withdrawal`}>
                    <button class="quiet" type="submit">
                      {t.withdraw}
                      <span class="visually-hidden">: {i.address}</span>
                    </button>
                  </form>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

interface InviteProps {
  view: View;
  place: ConsolePlace;
  achievements: { id: string; name: string }[];
  form: Filled;
}

function InviteForm({ view, place, achievements, form }: InviteProps) {
  const t = view.t.console.members;
  const { kind } = place.institution.profile;
  const role = (value: MemberRole) => ({
    value,
    label: roleName(view.language, kind, value),
    hint: t.means[value],
  });
  return (
    <section aria-labelledby="invite">
      <h2 id="invite">{t.invite}</h2>
      <form class="panel" method="post" action={`${place.base}/members/invitations`}>
        <TextField view={view} form={form} name="addresses" label={t.addresses} hint={t.addressesHint} rows={4} />
        <Choices
          view={view}
          form={form}
          name="kind"
          label={t.kind}
          choices={[
            { value: 'email', label: t.email, hint: t.emailHint },
            { value: 'eppn', label: t.eppn, hint: t.eppnHint },
          ]}
        />
        <Choices view={view} form={form} name="role" label={t.chooseRole} choices={memberRoles.map(role)} />
        {achievements.length > 0 && (
          <Choices
            view={view}
            form={form}
            name="achievements"
            label={t.reach}
            hint={t.reachHint}
            optional
            many
            choices={achievements.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <p class="actions">
          <button class="button" type="submit">
            {t.submit}
          </button>
        </p>
      </form>
    </section>
  );
}

/** The links of invitations to institution accounts, this once. */
export function LinksPage({
  view,
  place,
  made,
}: {
  view: View;
  place: ConsolePlace;
  made: { address: string; link: string }[];
}) {
  const t = view.t.console.members;
  return (
    <>
      <p class="lead">{t.linksLead}</p>
      <table class="stack apart">
        <TableHead columns={[t.account, t.link]} />
        <tbody>
          {made.map(({ address, link }) => (
            <tr>
              <th scope="row">{address}</th>
              <td>
                <code>{link}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="actions">
        <a class="button" href={`${place.base}/members`}>
          {t.toMembers}
        </a>
      </p>
    </>
  );
}
