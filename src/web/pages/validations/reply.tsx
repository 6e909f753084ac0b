import { isDecided } from '../../../dossiers/index.ts';
import type { Form } from '../../form.ts';
import { Hidden, type Seen } from './parts.tsx';

/** The learner's reply to the judgement, with their own words for the badge. */
export function Reply({ view, look, action, form, sent }: Seen & { sent: Form | undefined }) {
  const words = view.t.validations.reply;
  const { state } = look.dossier;
  if (!state.judgement || isDecided(state) || look.dossier.closedAt) return null;
  const before = look.events.findLast(event => event.data.type === 'reply' && event.seq > state.judgement!.seq);
  return (
    <section id="reply" aria-labelledby="reply-title">
      <h2 id="reply-title">{words.title}</h2>
      {before && <p class="note">{words.again}</p>}
      <form class="talk" method="post" action={action}>
        <Hidden move="reply" form={form} on={state.version} />
        <div class="field">
          <label for="reply-text">{words.label}</label>
          <textarea id="reply-text" name="text" rows={4} maxlength={20000}>
            {sent?.get('text') ?? String(before?.words?.text ?? '')}
          </textarea>
        </div>
        <div class="field">
          <label for="own-words">{words.own}</label>
          <span class="hint" id="own-hint">
            {words.ownHint}
          </span>
          <textarea id="own-words" name="ownWords" rows={3} maxlength={5000} aria-describedby="own-hint">
            {sent?.get('ownWords') ?? String(before?.words?.ownWords ?? '')}
          </textarea>
        </div>
        <p class="actions">
          <button class="button" type="submit">
            {words.send}
          </button>
        </p>
      </form>
    </section>
  );
}
