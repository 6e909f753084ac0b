import type { nlPack } from './messages-pack.nl.ts';

/** The English sentences of taking along and putting back. */
export const enPack: typeof nlPack = {
  title: 'Take along and put back',
  lead: 'All that you told, in one file. Keep it, or go on with it elsewhere.',
  take: 'Take all of it',
  takeLead: 'Your experiences, files, badges and what others said.',
  none: 'You have not told anything yet. There is nothing to take along.',
  bring: 'Put a file back',
  bringLead: 'A ZIP that you fetched here or at another Waarmerk. Up to 1.5 GB. What is here already stays.',
  file: 'The file',
  submit: 'Put back',
  busy: 'This may take a while. Leave this page open.',
  missing: 'Choose a file first.',
  done: (n: number, known: number) =>
    `${n === 1 ? '1 experience was' : `${n} experiences were`} added.${known ? ` ${known} were here already.` : ''}`,
  nothing: 'Nothing was added.',
  faults: {
    'not-a-zip': 'This is no ZIP file, or it was cut off on its way.',
    path: 'A name in this ZIP leads outside of it. That is not allowed.',
    twice: 'Something in this ZIP stands there twice.',
    bomb: 'Unpacked, this ZIP is too large.',
    manifest: 'The list of contents is missing, or does not agree with what is in it.',
    hash: 'A file in this ZIP was changed since it was made.',
    contents: 'This ZIP is no portfolio of Waarmerk, or was changed.',
    kind: 'This ZIP holds a kind of file that we do not keep.',
    'body-too-large': 'This file is too large. It can be up to 1.5 GB.',
    'limit-broken': 'There is not enough room here for all of it. Take something away first.',
    'import-state': 'A file is being put back already, or that was cut off. Try again in an hour.',
  },
};
