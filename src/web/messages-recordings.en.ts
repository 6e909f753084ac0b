import type { nlRecordings } from './messages-recordings.nl.ts';

/** The English sentences of a conversation that was recorded. */
export const enRecordings: typeof nlRecordings = {
  title: 'Report with a recording',
  lead: 'Record a conversation only when both of you are fine with it. Whoever can read the report can listen to it. The other confirms it.',
  label: 'What was said?',
  speak: 'The recording',
  optional: 'You may, you need not. At most 10 MB of sound.',
  send: 'Record it',
  back: 'Back without a report',
  busy: 'The recording is being sent …',
  link: 'Write a report with a recording',
  player: 'Recording of the conversation',
  faults: {
    kind: 'This is no sound that can be kept here. Your text is still here.',
    large: 'This recording is larger than 10 MB. Your text is still here.',
    room: 'There is no more room for recordings here. Your text is still here.',
    text: 'Write down what was said, also when there is a recording. Then choose the recording again.',
  },
};
