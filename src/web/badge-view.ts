/**
 * Reads the facts that a page shows from a badge as it was signed. Badges of others spell things in many ways (one value
 * or a list, a text or one for each language), so nothing here throws: what is not understood is left out.
 */
import { domainOf } from '../vc/domain.ts';
import { type Alignments, readAlignments } from './badge-alignments.ts';
import { isAssertion, readAssertionView } from './badge-view-2.ts';
import { list, number, record, strings, text } from './badge-values.ts';

export interface EvidenceView {
  name?: string;
  description?: string;
  narrative?: string;
  genre?: string;
  audience?: string;
  url?: string;
}

/** Words of someone about the badge, its achievement or its issuer. */
export interface EndorsementView {
  by?: string;
  words: string[];
}

export interface ResultView {
  name?: string;
  value?: string;
  status?: string;
  min?: string;
  max?: string;
  required?: string;
}

export interface IssuerView {
  id: string;
  /** The host that a did:web or https id names; none for a bare key. */
  domain?: string;
  name?: string;
  url?: string;
  locality?: string;
  countryCode?: string;
  identifiers: { type: string; identifier: string }[];
}

export interface BadgeView extends Alignments {
  title?: string;
  kind?: string;
  /** BCP 47, of the badge's own words. */
  language?: string;
  description?: string;
  criteria?: string;
  criteriaUrl?: string;
  achievementId?: string;
  ects?: number;
  creditsEarned?: number;
  /** Codes of the programmes that it is part of (CROHO, CREBO). */
  programmes?: string[];
  issuer: IssuerView;
  recipient?: string;
  narrative?: string;
  role?: string;
  licence?: string;
  period?: { from?: string; to?: string };
  awardedDate?: string;
  validFrom?: string;
  validUntil?: string;
  /** Evidence of genre "Decision" and "Identity": on what basis it was decided, and how the holder was known. */
  decision?: EvidenceView;
  identity?: EvidenceView;
  evidence: EvidenceView[];
  results: ResultView[];
  /** Those that stand in the badge as they are; what is signed as a token is told with the checks. */
  endorsements?: EndorsementView[];
}

/** @param prefer the language that is shown when a text comes in several */
export function readBadgeView(credential: unknown, prefer: string): BadgeView {
  if (isAssertion(credential)) return readAssertionView(credential, prefer);
  const badge = record(credential);
  const subject = record(list(badge.credentialSubject)[0]);
  const achievement = record(list(subject.achievement)[0]);
  const say = (value: unknown) => text(value, prefer);
  const evidence = list(badge.evidence).map(item => readEvidence(record(item), say));
  const genre = (name: string) => evidence.find(e => e.genre?.toLowerCase() === name);
  const [decision, identity] = [genre('decision'), genre('identity')];
  return {
    title: say(achievement.name) ?? say(badge.name),
    kind: strings(achievement.achievementType)[0],
    language: say(achievement.inLanguage),
    description: say(achievement.description),
    criteria: say(record(achievement.criteria).narrative),
    criteriaUrl: strings(record(achievement.criteria).id)[0],
    achievementId: strings(achievement.id)[0],
    ects: number(achievement.creditsAvailable),
    creditsEarned: number(subject.creditsEarned),
    ...readAlignments(list(achievement.alignment), say),
    issuer: readIssuer(list(badge.issuer)[0], say),
    recipient: readName(subject.identifier, say),
    narrative: say(subject.narrative),
    role: say(subject.role),
    licence: say(subject.licenseNumber),
    period: readPeriod(say(subject.activityStartDate), say(subject.activityEndDate)),
    awardedDate: say(badge.awardedDate),
    validFrom: say(badge.validFrom) ?? say(badge.issuanceDate),
    validUntil: say(badge.validUntil) ?? say(badge.expirationDate),
    decision,
    identity,
    evidence: evidence.filter(e => e !== decision && e !== identity && Object.values(e).some(Boolean)),
    results: list(subject.result).map(r => readResult(record(r), list(achievement.resultDescription), say)),
    endorsements: [badge, achievement, record(list(badge.issuer)[0])].flatMap(part => readEndorsements(part, say)),
  };
}

type Say = (value: unknown) => string | undefined;

/** The name that the issuer gave the holder; a hashed one says nothing to a reader. */
function readName(identifiers: unknown, say: Say): string | undefined {
  const names = list(identifiers)
    .map(record)
    .filter(i => i.identityType === 'name' && i.hashed !== true);
  return say(names[0]?.identityHash);
}

/** A badge with more than these has none of them checked; as many are shown. */
const MAX_ENDORSEMENTS = 10;

/** OB 3.0 §B.1.8: the comment of each EndorsementCredential, and what its issuer calls itself. */
const readEndorsements = (part: Record<string, unknown>, say: Say): EndorsementView[] =>
  list(part.endorsement)
    .slice(0, MAX_ENDORSEMENTS)
    .map(record)
    .flatMap(({ issuer, credentialSubject }) => {
      const words = list(credentialSubject).flatMap(one => say(record(one).endorsementComment) ?? []);
      const by = readIssuer(list(issuer)[0], say);
      return words.length > 0 ? [{ by: by.name ?? (by.id || undefined), words }] : [];
    });

function readIssuer(value: unknown, say: Say): IssuerView {
  const issuer = typeof value === 'string' ? { id: value } : record(value);
  const id = strings(issuer.id)[0] ?? '';
  const address = record(issuer.address);
  return {
    id,
    domain: domainOf(id),
    name: say(issuer.name),
    url: strings(issuer.url)[0],
    locality: say(address.addressLocality),
    countryCode: say(address.addressCountryCode),
    identifiers: list(issuer.otherIdentifier)
      .map(record)
      .flatMap(i => {
        const [identifier, type] = [say(i.identifier), say(i.identifierType)];
        return identifier && type ? [{ type, identifier }] : [];
      }),
  };
}

const readPeriod = (from?: string, to?: string) => (from || to ? { from, to } : undefined);

const readEvidence = (evidence: Record<string, unknown>, say: Say): EvidenceView => ({
  name: say(evidence.name),
  description: say(evidence.description),
  narrative: say(evidence.narrative),
  genre: say(evidence.genre),
  audience: say(evidence.audience),
  url: strings(evidence.id)[0],
});

function readResult(result: Record<string, unknown>, descriptions: unknown[], say: Say): ResultView {
  const id = strings(result.resultDescription)[0];
  const described = descriptions.map(record).find(d => strings(d.id)[0] === id) ?? {};
  return {
    name: say(described.name),
    value: say(result.value),
    status: say(result.status),
    min: say(described.valueMin),
    max: say(described.valueMax),
    required: say(described.requiredValue),
  };
}
