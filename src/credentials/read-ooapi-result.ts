/**
 * A result of an OOAPI, of version 5 (an association) or 6 (a course, programme or test-component offering association):
 * whether it leads to an award, of what and for whom. Pure.
 */
import { DomainError } from '../platform/errors.ts';
import type { AwardInput } from './award-input.ts';
import { dayOf } from './dates.ts';

type Json = Record<string, unknown>;

export interface OoapiResult {
  /** Of the result, or of the association that holds it. */
  id: string;
  /** Of the course or the programme, as an import of the catalogue names it. */
  source: string;
  recipient: AwardInput['recipient'];
  decidedOn: string;
  decidedBy: string;
  score?: string;
  ects?: number;
}

/** Why a result does not lead to an award. */
type NotAwarded = 'id' | 'result' | 'state' | 'pass' | 'final' | 'date' | 'achievement' | 'person';

/** @throws DomainError `award-not-allowed` with `why` */
export function readOoapiResult(document: unknown): OoapiResult {
  if (!isObject(document)) throw refuse('result', 'An association with its result was expected.');
  const { result } = document;
  const id =
    (isObject(result) && text(result.resultId)) ||
    firstOf(document, [
      'associationId',
      'courseOfferingAssociationId',
      'programmeOfferingAssociationId',
      'programOfferingAssociationId',
    ]);
  if (!id || id.length > 150) throw refuse('id', 'The association has no id.');
  if (!isObject(result)) throw refuse('result', 'The association has no result.');
  if (text(result.state) !== 'completed') throw refuse('state', 'The result is not completed.');
  if (text(result.pass) !== 'passed') throw refuse('pass', 'The result is not passed.');
  if (result.final !== true) throw refuse('final', 'The result is not final.');
  const source = sourceOf(document);
  if (!source) throw refuse('achievement', 'The offering names no course or programme: send it expanded.');
  const recipient = recipientOf(document.person);
  if (!recipient) throw refuse('person', 'The person has no eduID, account or e-mail address: send it expanded.');
  const decidedOn = dayIn(text(result.resultDateTime) || text(result.resultDate));
  if (!decidedOn) throw refuse('date', 'The result has no date.');
  const score = text(result.score).slice(0, 100);
  const ects = ectsOf(result.studyLoad);
  return {
    id,
    source,
    recipient,
    decidedOn,
    decidedBy: text(result.assessorId).slice(0, 200) || 'OOAPI',
    ...(score ? { score } : {}),
    ...(ects === undefined ? {} : { ects }),
  };
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
const firstOf = (value: Json, names: string[]): string => names.map(name => text(value[name])).find(Boolean) ?? '';

const refuse = (why: NotAwarded, detail: string) =>
  new DomainError('award-not-allowed', detail, { extensions: { why } });

/** The course or programme: what an offering is of, by its id or expanded. */
function sourceOf(document: Json): string {
  const offering = ['offering', 'courseOffering', 'programmeOffering', 'programOffering']
    .map(name => document[name])
    .find(isObject);
  const names = ['course', 'programme', 'program'];
  for (const place of [offering, document].filter(isObject))
    for (const name of names) {
      const of = place[name];
      const id = text(of) || (isObject(of) ? text(of[`${name}Id`]) : '') || text(place[`${name}Id`]);
      if (id) return `ooapi:${id}`;
    }
  return '';
}

/** How a person is known: the codes of version 6 have no name of their own for an eduID (`x-eduid`). */
function recipientOf(person: unknown): AwardInput['recipient'] | undefined {
  if (!isObject(person)) return undefined;
  const codes = [person.primaryCode, person.otherCodes].flat().filter(isObject);
  const coded = (...types: string[]) =>
    text(codes.find(({ codeType }) => types.includes(text(codeType).toLowerCase().replace(/^x-/, '')))?.code);
  const eduid = coded('eduid', 'edu_id').slice(0, 200);
  const eppn = coded('eppn').slice(0, 254);
  const email = (text(person.mail) || text(person.email) || coded('email_address')).slice(0, 254);
  if (!eduid && !eppn && !email) return undefined;
  const parts = ['givenName', 'surnamePrefix', 'surname'].map(name => text(person[name])).filter(Boolean);
  const name = (text(person.displayName) || parts.join(' ')).slice(0, 200);
  return {
    ...(eduid ? { eduid } : {}),
    ...(eppn ? { eppn } : {}),
    ...(email ? { email } : {}),
    ...(name ? { name } : {}),
  };
}

function dayIn(time: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(time)) return time;
  const moment = new Date(time);
  return Number.isNaN(moment.getTime()) ? '' : dayOf(moment);
}

/** One load in version 5, several in version 6; only ECTS are credits. */
function ectsOf(studyLoad: unknown): number | undefined {
  const load = [studyLoad].flat().find(each => isObject(each) && text(each.studyLoadUnit) === 'ects');
  const value = isObject(load) ? load.value : undefined;
  return typeof value === 'number' && value >= 0 && value <= 1000 ? value : undefined;
}
