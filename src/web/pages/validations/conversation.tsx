import type { View } from '../../view.ts';
import { Recorder, SendFiles } from '../notebook/parts.tsx';

export type RecordingFault = keyof View['t']['recordings']['faults'];

export interface ConversationProps {
  view: View;
  /** Where the form goes, and where it was opened from. */
  action: string;
  back: string;
  /** Makes the form count once. */
  form: string;
  text?: string;
  fault?: RecordingFault;
}

/** The report of a conversation, with the recording of it where there is one. */
export function Conversation({ view, action, back, form, text = '', fault }: ConversationProps) {
  const words = view.t.recordings;
  return (
    <>
      {fault && (
        <p class="notice warn" role="alert">
          {words.faults[fault]}
        </p>
      )}
      <p class="lead">{words.lead}</p>
      <form class="talk" method="post" action={action} enctype="multipart/form-data" data-busy={words.busy}>
        <input type="hidden" name="form" value={form} />
        <div class="field">
          <label for="text">{words.label}</label>
          <textarea id="text" name="text" rows={6} required maxlength={20000}>
            {text}
          </textarea>
        </div>
        <div class="ways-to-tell">
          <Recorder view={view} label={words.speak} name="gesprek" />
        </div>
        <p class="note">{words.optional}</p>
        <SendFiles>{words.send}</SendFiles>
      </form>
      <p>
        <a href={back}>{words.back}</a>
      </p>
    </>
  );
}
