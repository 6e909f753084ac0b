import { mayDo } from '../../../institutions/index.ts';
import { type EditProps, Fields, PolicyFields } from './achievement-fields.tsx';
import { CompletenessPanel, Publishing } from './achievement-publish.tsx';

/** The main fields of an achievement, with what publishing still asks beside them. */
export function EditPage(props: EditProps) {
  const { view, place, state, form } = props;
  const t = view.t.console.achievement;
  const { actor } = place.ctx;
  const target = state ? { achievement: state.id } : { whole: true as const };
  const mayEdit = mayDo(actor, 'achievement.edit', target);
  const at = `${place.base}/achievements/${state?.id ?? 'new'}`;
  return (
    <>
      {state?.published && (
        <p class="actions">
          <a href={`/i/${place.institution.slug}/achievements/${state.id}`}>{t.see}</a>
          {mayDo(actor, 'award.make', { achievement: state.id }) && (
            <a href={`${place.base}/awards/new?achievement=${state.id}`}>{t.award}</a>
          )}
        </p>
      )}
      {!mayEdit && <p class="notice">{t.readOnly}</p>}
      <div class="side">
        <section>
          <form class="panel" method="post" action={at} data-look>
            {/* What the Enter key does within a field. */}
            <button type="submit" name="step" value="look" formnovalidate hidden></button>
            <Fields {...props} mayEdit={mayEdit} />
            <PolicyFields view={view} form={form} around={props.around} self={state?.id} />
            {mayEdit && (
              <p class="actions">
                <button class="button" type="submit" name="step" value="save">
                  {t.save}
                </button>
                <button class="button quiet" type="submit" name="step" value="look" formnovalidate>
                  {t.look}
                </button>
              </p>
            )}
          </form>
        </section>
        <div>
          <CompletenessPanel {...props} />
          {state && <Publishing view={view} place={place} state={state} />}
        </div>
      </div>
    </>
  );
}
