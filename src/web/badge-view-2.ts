/** The facts that a page shows from a badge of Open Badges 2.0, with the extensions of edubadges. */
import { domainOf } from '../vc/domain.ts';
import { readAlignments } from './badge-alignments.ts';
import { list, number, record, strings, text } from './badge-values.ts';
import type { BadgeView, EvidenceView, IssuerView } from './badge-view.ts';

/** Whether a report is about a badge of the older kind: an assertion. */
export const isAssertion = (credential: unknown): boolean => {
  const { type, badge, credentialSubject } = record(credential);
  return credentialSubject === undefined && (strings(type).includes('Assertion') || badge !== undefined);
};

const MAX_OUTCOMES = 100;

/** As `readBadgeView`: nothing throws, and what is not understood is left out. */
export function readAssertionView(credential: unknown, prefer: string): BadgeView {
  const assertion = record(credential);
  const badge = record(assertion.badge);
  const say = (value: unknown) => text(value, prefer);
  const alignments = readAlignments(list(badge.alignment).map(asTarget), say);
  const eqf = number(extension(badge, 'EQF'));
  return {
    title: say(badge.name),
    // edubadges says nl_NL where BCP 47 has nl-NL.
    language: say(extension(badge, 'Language'))?.replace('_', '-'),
    description: say(badge.description),
    ...readCriteria(badge.criteria, say),
    achievementId: strings(badge.id)[0],
    ects: number(extension(badge, 'ECTS')),
    ...alignments,
    outcomes: [...readOutcomes(say(extension(badge, 'LearningOutcome'))), ...alignments.outcomes],
    eqf: eqf === undefined ? alignments.eqf : String(eqf),
    sbu: textOf(extension(badge, 'StudyLoad')) ?? alignments.sbu,
    hours: textOf(extension(badge, 'TimeInvestment')) ?? alignments.hours,
    programmes: list(extension(badge, 'EducationProgramIdentifier')).map(String).slice(0, 20),
    issuer: readIssuer(record(badge.issuer), say),
    narrative: say(assertion.narrative),
    awardedDate: readDay(assertion.issuedOn),
    validFrom: readDay(assertion.issuedOn),
    validUntil: readDay(assertion.expires),
    evidence: list(assertion.evidence).map(item => readEvidence(item, say)),
    results: [],
  };
}

type Say = (value: unknown) => string | undefined;

/** `"extensions:ECTSExtension": {"ECTS": 2.5}`, on the badge class or on the issuer. */
const extension = (part: Record<string, unknown>, name: string): unknown =>
  record(part[`extensions:${name}Extension`])[name];

/** One text with a line, or a point of a list, for each outcome. */
function readOutcomes(blob: string | undefined) {
  const lines = (blob ?? '').split(/\r?\n/).map(line => line.replace(/^\s*([-*•]|\d+[.)])\s+/, '').trim());
  return lines
    .filter(line => line !== '')
    .slice(0, MAX_OUTCOMES)
    .map(name => ({ name }));
}

/** Before 2.0 an alignment had a name and a url without the target. */
function asTarget(value: unknown): unknown {
  const alignment = record(value);
  const { targetName = alignment.name, targetUrl = alignment.url } = alignment;
  return { ...alignment, targetName, targetUrl };
}

const readCriteria = (value: unknown, say: Say) =>
  typeof value === 'string'
    ? { criteriaUrl: value }
    : { criteria: say(record(value).narrative), criteriaUrl: strings(record(value).id)[0] };

function readIssuer(issuer: Record<string, unknown>, say: Say): IssuerView {
  const id = strings(issuer.id)[0] ?? '';
  const code = say(extension(issuer, 'InstitutionIdentifier'));
  return {
    id,
    domain: domainOf(id),
    name: say(issuer.name) ?? say(extension(issuer, 'InstitutionName')),
    url: strings(issuer.url)[0],
    countryCode: say(extension(issuer, 'InstitutionCountry')),
    identifiers: code ? [{ type: 'ext:BRIN', identifier: code }] : [],
  };
}

function readEvidence(item: unknown, say: Say): EvidenceView {
  if (typeof item === 'string') return { url: item };
  const evidence = record(item);
  return {
    name: say(evidence.name),
    description: say(evidence.description),
    narrative: say(evidence.narrative),
    genre: say(evidence.genre),
    audience: say(evidence.audience),
    url: strings(evidence.id)[0],
  };
}

/** OB 1.x had seconds since 1970 too. */
function readDay(value: unknown): string | undefined {
  const seconds = typeof value === 'number' || (typeof value === 'string' && /^\d{9,10}$/.test(value));
  if (seconds && Math.abs(Number(value)) < 8e12) return new Date(Number(value) * 1000).toISOString();
  return typeof value === 'string' ? value : undefined;
}

const textOf = (value: unknown): string | undefined => {
  const amount = number(value);
  return amount === undefined ? undefined : String(amount);
};
