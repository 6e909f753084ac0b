/** The Dutch sentences of the page for developers. */
export const nlApi = {
  title: 'De API',
  lead: 'Alles wat een programma met Waarmerk kan doen. De beschrijving is in het Engels.',
  document: 'OpenAPI 3.1 als JSON',
  begin: 'Begin hier',
  beginLead: 'Een badge controleren kan zonder sleutel. Voor het uitgeven vraag je je instelling om een API-sleutel.',
  contents: 'Inhoud',
  open: 'zonder sleutel',
  keyed: 'met API-sleutel',
  parameters: 'Parameters',
  meaning: 'Betekenis',
  required: 'verplicht',
  body: 'Wat je stuurt',
  answers: 'Antwoorden',
  problems: 'Foutcodes',
  problemsLead:
    'Een fout is een RFC 9457-probleem (application/problem+json) met een code uit deze lijst en een requestId.',
  checkCodes: 'Codes van een controle',
  checkCodesLead: 'De code bij elke controle, met de zin die mensen op het scherm zien.',
  code: 'Code',
  status: 'Status',
};
