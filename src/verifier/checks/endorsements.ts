import { DomainError } from '../../platform/errors.ts';
import type { Code } from '../codes.ts';
import { type Candidate, readCandidate } from '../read.ts';
import type { Finding, Report } from '../report.ts';
import { idOf } from './form.ts';

/** Each is a badge's worth of work, out of the same budget of fetches as the badge. */
const MAX_ENDORSEMENTS = 10;

/** Checks one endorsement as the credential that it is, and looks into none of those within it. */
type JudgeEndorsement = (candidate: Candidate) => Promise<Report>;

/** Something that is endorsed, where that was found, and what it may be about there. */
type Found = { place: string; endorsement: unknown; about: string[] };

/**
 * Checks the endorsements inside a badge (OB 3.0 §9.4, step 6), each on its own: whether it is whole, whose it is, and
 * whether it is about this badge, its achievement or the one in whose profile it stands. They are words of others beside
 * the badge, so they never change the verdict.
 */
export async function checkEndorsements(document: JsonObject, judge: JudgeEndorsement): Promise<Finding> {
  // Those inside endorsements count too: a badge does not get more work done by nesting it.
  const count = countMembers(document, ['endorsement', 'endorsementJwt']);
  if (count === 0) return { outcome: 'not-applicable', code: 'no-endorsements' };
  if (count > MAX_ENDORSEMENTS) {
    return { outcome: 'unknown', code: 'endorsements-too-many', evidence: { count, most: MAX_ENDORSEMENTS } };
  }
  const endorsements = await Promise.all(findEndorsements(document).map(found => judgeOne(found, document, judge)));
  const sound = endorsements.length > 0 && endorsements.every(({ outcome }) => outcome === 'ok');
  const evidence = { count, endorsements };
  return sound
    ? { outcome: 'ok', code: 'endorsements-sound', evidence }
    : { outcome: 'unknown', code: 'endorsements-doubtful', evidence };
}

/** Those of a badge of Open Badges 2.0 stand at addresses of their own; they are told, and not looked up. */
export function countEndorsements(document: JsonObject): Finding {
  const count = countMembers(document, ['endorsement']);
  return count === 0
    ? { outcome: 'not-applicable', code: 'no-endorsements' }
    : { outcome: 'skipped', code: 'endorsements-not-checked', evidence: { count } };
}

/** OB 3.0 §B.1: a badge, an achievement and a profile each have a place for endorsements of their own. */
function findEndorsements(document: JsonObject): Found[] {
  const subjects = objects(document.credentialSubject);
  const achievements = subjects.flatMap(subject => objects(subject.achievement));
  const profiles = [
    ...objects(document.issuer),
    ...subjects.flatMap(subject => objects(subject.source)),
    ...achievements.flatMap(achievement => objects(achievement.creator)),
  ];
  const own = (node: JsonObject) => idOf(node) ?? [];
  // OB 3.0 §B.1.8: those of the badge can be about the badge, the achievement or a profile in it.
  const all = [document, ...achievements, ...profiles].flatMap(own);
  return [
    ...found('badge', document, [...all, idOf(document.issuer) ?? []].flat()),
    ...achievements.flatMap(achievement => found('achievement', achievement, [own(achievement)].flat())),
    ...profiles.flatMap(profile => found('profile', profile, [own(profile)].flat())),
  ];
}

const found = (place: string, node: JsonObject, about: string[]): Found[] =>
  [...[node.endorsement ?? []].flat(), ...[node.endorsementJwt ?? []].flat()].map(endorsement => ({
    place,
    endorsement,
    about,
  }));

type Told = { outcome: 'ok' | 'failed' | 'unknown'; code: Code } & Record<string, unknown>;

async function judgeOne(
  { place, endorsement, about }: Found,
  badge: JsonObject,
  judge: JudgeEndorsement,
): Promise<Told> {
  // VC-DATA-MODEL-2.0 §4.3: an embedded one may leave its contexts to the badge.
  const complete = isObject(endorsement) ? { '@context': badge['@context'], ...endorsement } : endorsement;
  let report: Report;
  try {
    report = await judge(readCandidate(complete));
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === 'too-busy') throw error;
    return { place, outcome: 'failed', code: 'malformed', reason: error.code };
  }
  const { verdict, code, checks, credential } = report;
  const subjects = objects(credential?.credentialSubject);
  const issuer = checks.find(({ id }) => id === 'issuer');
  const told = {
    place,
    issuer: idOf(credential?.issuer),
    about: subjects.map(idOf),
    knownBy: issuer?.outcome === 'ok' ? issuer.evidence.list : undefined,
    checks: checks
      .filter(({ outcome }) => outcome !== 'skipped')
      .map(({ id, outcome, code: of }) => ({ id, outcome, code: of })),
  };
  if (verdict === 'invalid') return { ...told, outcome: 'failed', code };
  // Words about another thing, in a place where they seem to be about this one.
  const elsewhere = subjects.length === 0 || subjects.some(subject => !about.includes(idOf(subject) ?? ''));
  if (elsewhere) return { ...told, outcome: 'failed', code: 'endorsement-other-subject' };
  return verdict === 'valid'
    ? { ...told, outcome: 'ok', code: 'endorsement-sound' }
    : { ...told, outcome: 'unknown', code };
}

function countMembers(value: unknown, names: string[]): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, member]) =>
      sum + (names.includes(key) ? (Array.isArray(member) ? member.length : 1) : 0) + countMembers(member, names),
    0,
  );
}

const objects = (value: unknown): JsonObject[] => [value ?? []].flat().filter(isObject);

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
