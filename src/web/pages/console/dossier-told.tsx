import { Visible } from '../../visible.tsx';
import { Hidden } from '../validations/parts.tsx';
import type { StaffPageProps } from './dossier.tsx';
import { canJudge } from './dossier-judge.tsx';
import { roleFor } from './dossier-turn.ts';

/** What was written in a form that has no place on the page any more: it was not sent, and it is not lost. */
export function Kept(props: StaffPageProps) {
  const { view, refused, step } = props;
  const words = view.t.dossiers.page;
  if (!refused?.texts.length) return null;
  const { move } = refused;
  const again =
    (move === 'judge' && canJudge(props)) ||
    (move === 'decide' && step?.name === 'decide') ||
    (move === 'reconsider' && step?.name === 'reconsider') ||
    (move === 'sample' && step?.name === 'sample') ||
    ((move === 'accept' || move === 'send-on') && step?.name === 'intake');
  if (again) return null;
  return (
    <section class="notice" aria-labelledby="kept">
      <h2 id="kept">{words.kept}</h2>
      <p class="note">{words.keptLead}</p>
      {refused.texts.map(text => (
        <p class="said">
          <Visible text={text} t={view.t} />
        </p>
      ))}
    </section>
  );
}

/** A newer version of what is laid beside it, to be put in its place. */
export function Newer(props: StaffPageProps) {
  const { view, open, actionOf, nonce } = props;
  const words = view.t.dossiers.page;
  const role = roleFor(props.standing, 'add-achievement');
  return (
    <>
      {open
        .filter(a => a.newest !== null && a.newest !== a.version)
        .map(a => (
          <div class="notice">
            <p>{words.newer(a.title, a.newest!)}</p>
            {role && !props.look.dossier.closedAt && (
              <form class="actions" method="post" action={actionOf(role)}>
                <Hidden move="add-achievement" form={`${nonce}.${a.id}`} />
                <input type="hidden" name="achievement" value={a.id} />
                <button class="button quiet" type="submit">
                  {words.putNewer}
                </button>
              </form>
            )}
          </div>
        ))}
    </>
  );
}

/** What the learner wants with it, and what was agreed at the start. */
export function Aim({ view, look }: StaffPageProps) {
  const words = view.t.dossiers.page;
  const request = look.events.find(event => event.data.type === 'request');
  const agreed = look.events.find(event => event.data.type === 'accept')?.words;
  const aim = request?.words?.aim;
  const told = (['duration', 'cost', 'guide'] as const).filter(key => typeof agreed?.[key] === 'string');
  return (
    <section aria-labelledby="aim">
      <h2 id="aim">{words.aim}</h2>
      <p class="said">{typeof aim === 'string' ? <Visible text={aim} t={view.t} /> : words.aimGone}</p>
      {!look.dossier.state.recognise && <p class="note">{words.noDecision}</p>}
      {told.length > 0 && (
        <dl class="facts">
          {told.map(key => (
            <div>
              <dt>{words[key]}</dt>
              <dd>
                <Visible text={String(agreed![key])} t={view.t} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
