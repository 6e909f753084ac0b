import { goalCards, type Group } from '../../../portfolio/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import type { View } from '../../view.ts';
import { Ends, type Filled, MakeForm, Select, TextField } from './fields.tsx';

interface GroupsProps {
  view: View;
  place: ConsolePlace;
  groups: Group[];
  form: Filled;
}

/** Groups that begin together: a code for each, and how many began. */
export function GroupsPage({ view, place, groups, form }: GroupsProps) {
  const { groups: words, begin } = view.t.portfolio;
  const shared = { view, form };
  return (
    <>
      <p class="lead">{words.lead}</p>
      {groups.length === 0 ? <p class="empty apart">{words.none}</p> : <GroupTable {...{ view, place, groups }} />}
      <MakeForm title={words.make} action={`${place.base}/groups`}>
        <TextField {...shared} name="name" label={words.name} hint={words.nameHint} max={100} />
        <Select
          {...shared}
          name="goal"
          label={words.goal}
          choices={[
            { value: '', label: words.noGoal },
            ...goalCards.map(value => ({ value, label: begin.goals[value] })),
          ]}
        />
        <Select
          {...shared}
          name="language"
          label={words.language}
          choices={[
            { value: 'nl', label: 'Nederlands' },
            { value: 'en', label: 'English' },
          ]}
        />
        <TextField {...shared} name="endsOn" label={words.endsOn} type="date" />
      </MakeForm>
    </>
  );
}

function GroupTable({ view, place, groups }: Omit<GroupsProps, 'form'>) {
  const { groups: words } = view.t.portfolio;
  return (
    <table class="stack apart">
      <caption class="visually-hidden">{words.title}</caption>
      <thead>
        <tr>
          <th scope="col">{words.name}</th>
          <th scope="col">{words.code}</th>
          <th scope="col">{words.begun}</th>
          <th scope="col">{words.ends}</th>
        </tr>
      </thead>
      <tbody>
        {groups.map(({ id, name, code, language, begun, endsAt }) => {
          const open = endsAt > view.now.toISOString();
          const path = `/begin?g=${code}&lang=${language}`;
          return (
            <tr>
              <th scope="row">{name}</th>
              <td>{open ? <a href={path}>{view.origin + path}</a> : code}</td>
              <td>{begun}</td>
              <td>
                <Ends
                  view={view}
                  until={open ? endsAt : undefined}
                  ended={words.ended}
                  stop={words.stop(name)}
                  action={`${place.base}/groups/${id}/end`}
                />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
