import type { QuestionTemplate } from '../../../dossiers/index.ts';
import { mayDo } from '../../../institutions/index.ts';
import type { ConsolePlace } from '../../console.tsx';
import type { View } from '../../view.ts';
import { Visible } from '../../visible.tsx';
import { DossierRooms } from './dossier-rooms.tsx';
import { type Filled, TextField } from './fields.tsx';

interface QuestionsProps {
  view: View;
  place: ConsolePlace;
  questions: QuestionTemplate[];
  form: Filled;
}

/** Questions that stand ready for assessors. */
export function QuestionsPage({ view, place, questions, form }: QuestionsProps) {
  const words = view.t.dossiers.questions;
  const at = `${place.base}/dossiers/questions`;
  const mayEdit = mayDo(place.ctx.actor, 'dossier.intake', { whole: true });
  return (
    <>
      <DossierRooms view={view} place={place} />
      <p class="lead">{words.lead}</p>
      {questions.length === 0 && <p class="empty apart">{words.none}</p>}
      <ul class="told">
        {questions.map(question => (
          <li class="toggles">
            <p>
              <Visible text={question.words} t={view.t} />
            </p>
            {mayEdit && (
              <form method="post" action={`${at}/${question.id}/remove`}>
                <button class="quiet" type="submit">
                  {words.remove}
                  <span class="visually-hidden">: {question.words}</span>
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {mayEdit && (
        <form class="panel" method="post" action={at}>
          <TextField view={view} form={form} name="words" label={words.words} rows={2} max={1000} />
          <p class="actions">
            <button class="button" type="submit">
              {words.add}
            </button>
          </p>
        </form>
      )}
    </>
  );
}
