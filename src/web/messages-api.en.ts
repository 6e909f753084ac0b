import type { nlApi } from './messages-api.nl.ts';

/** The same in English. */
export const enApi: typeof nlApi = {
  title: 'The API',
  lead: 'Everything that a program can do with Waarmerk.',
  document: 'OpenAPI 3.1 as JSON',
  begin: 'Begin here',
  beginLead: 'Checking a badge needs no key. For issuing, ask your institution for an API key.',
  contents: 'Contents',
  open: 'no key needed',
  keyed: 'with an API key',
  parameters: 'Parameters',
  meaning: 'Meaning',
  required: 'required',
  body: 'What you send',
  answers: 'Answers',
  problems: 'Error codes',
  problemsLead: 'An error is an RFC 9457 problem (application/problem+json) with a code of this list and a requestId.',
  checkCodes: 'Codes of a check',
  checkCodesLead: 'The code of each check, with the sentence that people see on the screen.',
  code: 'Code',
  status: 'Status',
};
