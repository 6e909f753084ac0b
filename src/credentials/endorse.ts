/** Saying something of an institution or an achievement: after a login, as an institution, or with a key of one’s own. */
import { and, count, eq, isNull, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { versionUrl } from '../catalogue/index.ts';
import { type Institution, readInstitution, requireRight, rolesOf, signAsService } from '../institutions/index.ts';
import { identitiesOf, tellLogin } from '../people/index.ts';
import { commit, OPERATOR } from '../platform/audit.ts';
import type { Actor, Deps, SignedIn } from '../platform/context.ts';
import { violatedKey } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { sha256Hex } from '../platform/ids.ts';
import type { Language } from '../platform/language.ts';
import { letter } from '../platform/outbox.ts';
import { didWebOfHost } from '../vc/did.ts';
import { endorsementCredential } from '../vc/endorsement.ts';
import { toProfile } from './build.ts';
import { byInstitution, type Endorsed, endorsementUrl, type KeptEndorsement, subjectOf } from './endorsement.ts';
import { endorsementLetter, endorsementWords } from './endorsement-words.ts';
import { endorsements } from './schema.ts';
import { signEndorsement } from './sign.ts';

/** Characters of what is said. */
export const ENDORSEMENT_WORDS = 2_000;
/** So many of one giver can wait; further ones when some were looked at. */
const MAX_WAITING = 20;

const line = z.string().trim().min(1).max(200);
export const endorsementInput = z.strictObject({
  /** Random, of the form that was filled in: sent twice it is one endorsement. */
  nonce: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/),
  words: z.string().trim().min(1).max(ENDORSEMENT_WORDS),
  name: line.max(80).optional(),
  onBehalfOf: line.optional(),
  /** The slug of the institution that says it; without it the person does. */
  as: z.string().max(63).optional(),
});
type EndorsementInput = z.infer<typeof endorsementInput>;

/**
 * Signs and keeps what someone says; it waits until whom it is about accepts it. `as` an institution it is signed with
 * the key of that one, and else by the service, with how the person signed in.
 * @throws DomainError `role-conflict` for an institution of one’s own, `forbidden`, `limit-broken`, `signing-failed`
 */
export async function endorse(
  deps: Deps,
  session: SignedIn,
  subject: Endorsed,
  input: EndorsementInput,
  language: Language,
): Promise<void> {
  await requireOther(deps, session, subject);
  const id = (await sha256Hex(`${session.person} ${input.nonce}`)).slice(0, 32);
  if (input.as !== undefined) return endorseAs(deps, session, subject, { ...input, as: input.as, id, language });
  const { words, name, onBehalfOf } = input;
  if (!name) throw new DomainError('request-invalid', 'Say who you are.');
  const identity = (await identitiesOf(deps, session.person)).find(known => known.id === session.identity);
  if (!identity) throw new DomainError('not-signed-in', 'Sign in again.');
  const t = endorsementWords(language);
  const { origin } = deps.config;
  const told = tellLogin(identity, session.provenAt, language);
  const behalf = onBehalfOf ? [t.onBehalfOf(onBehalfOf)] : [];
  const unsigned = draftOf(deps, subject, id, words, language);
  const description = [t.person(name, new URL(origin).host), ...behalf, told, t.stands(unsigned.id)].join(' ');
  await requireRoom(deps, eq(endorsements.personId, session.person));
  const document = await signAsService(deps, unsigned.at, issuer =>
    endorsementCredential({ ...unsigned, issuer, name: t.title(name), description }),
  );
  const kept = { way: 'login' as const, document, by: name, words, told, language };
  await keep(deps, {
    id,
    subject,
    kept: { ...kept, ...versionOf(unsigned.about), ...(onBehalfOf ? { onBehalfOf } : {}) },
    person: session.person,
    actor: { kind: 'person', person: session.person },
    chain: OPERATOR,
  });
}

async function endorseAs(
  deps: Deps,
  session: SignedIn,
  subject: Endorsed,
  { as, id, words, language }: EndorsementInput & { as: string; id: string; language: Language },
): Promise<void> {
  const giver = await readInstitution(deps, as);
  const roles = await rolesOf(deps, giver.id, session.person);
  const actor: Actor = { kind: 'member', person: session.person, roles };
  requireRight({ actor }, 'endorsement.edit', { whole: true });
  await requireRoom(deps, byInstitution(giver.id));
  const t = endorsementWords(language);
  const unsigned = draftOf(deps, subject, id, words, language);
  const by = giver.profile.name;
  const credential = endorsementCredential({
    ...unsigned,
    issuer: toProfile(giver),
    name: t.title(by),
    description: `${t.institution(by)} ${t.stands(unsigned.id)}`,
  });
  const document = JSON.stringify((await signEndorsement(deps, giver, credential, unsigned.at)).document);
  const kept = { way: 'institution' as const, document, by, words, language, institution: giver.id, issuer: giver.did };
  await keep(deps, {
    id,
    subject,
    kept: { ...kept, ...versionOf(unsigned.about) },
    person: null,
    actor,
    chain: giver.id,
  });
}

/** What a check found of an endorsement that was signed elsewhere. */
export interface BroughtEndorsement {
  document: string;
  /** The issuer’s own name for itself, and its id. */
  by: string;
  issuer: string;
  about: string;
  words: string;
  validUntil?: string;
  checked: { verdict: string; code: string; at: string };
}

/**
 * Keeps one that was signed with a key of one’s own, as it came; the caller has checked it.
 * @throws DomainError `credential-unreadable` with `reason`: `other-subject`; `signed-here`, since what was signed here
 * is given here, and its giver may have withdrawn it; `withdrawn` by the same person; and as `endorse`
 */
export async function keepEndorsement(
  deps: Deps,
  session: SignedIn,
  subject: Endorsed,
  { about, ...brought }: BroughtEndorsement,
  language: Language,
): Promise<void> {
  await requireOther(deps, session, subject);
  if (brought.issuer === subject.institution.did) throw aboutOneself();
  if (!isAbout(deps, subject, about)) throw unfit('other-subject', 'This endorsement is about something else.');
  if (isOurs(deps, brought.issuer)) throw unfit('signed-here', 'This was signed here. Say it again with a login.');
  await requireRoom(deps, eq(endorsements.personId, session.person));
  await keep(deps, {
    id: (await sha256Hex(`${session.person} ${subjectOf(subject).subjectId} ${brought.document}`)).slice(0, 32),
    subject,
    kept: { way: 'elsewhere', ...brought, ...versionOf(about), language },
    person: session.person,
    actor: { kind: 'person', person: session.person },
    chain: OPERATOR,
  });
}

const unfit = (reason: string, why: string) =>
  new DomainError('credential-unreadable', why, { extensions: { reason } });

/** The service itself, or an institution of it. */
function isOurs({ config }: Deps, issuer: string): boolean {
  const service = didWebOfHost(config.origin);
  return issuer === service || issuer.startsWith(`${service}:`) || issuer.startsWith(`${config.origin}/`);
}

/**
 * By which ids others may name it: an achievement also by each of its versions, an institution by its DID and its page.
 */
export function isAbout({ config }: Deps, { institution, achievement }: Endorsed, id: string): boolean {
  if (!achievement) return id === institution.did || id === institution.url;
  const place = { origin: config.origin, institution, achievementId: achievement.id };
  const versions = Array.from({ length: achievement.version }, (_, i) => versionUrl({ ...place, version: i + 1 }));
  return id === `${institution.url}/achievements/${achievement.id}` || versions.includes(id);
}

/** The version that an address of an achievement names. */
function versionOf(about: string): { version?: number } {
  const [, number] = /\/versions\/(\d+)$/.exec(about) ?? [];
  return number ? { version: Number(number) } : {};
}

/** Praise of oneself is no endorsement. */
async function requireOther(deps: Deps, { person }: SignedIn, { institution }: Endorsed): Promise<void> {
  if ((await rolesOf(deps, institution.id, person)).length) throw aboutOneself();
}
const aboutOneself = () =>
  new DomainError('role-conflict', 'You work at this institution. Words of others are what counts here.');

async function requireRoom(deps: Deps, giver: SQL): Promise<void> {
  const waiting = and(giver, isNull(endorsements.acceptedAt));
  const [row] = await deps.db.query.select({ n: count() }).from(endorsements).where(waiting);
  if (row!.n >= MAX_WAITING)
    throw new DomainError('limit-broken', `At most ${MAX_WAITING} endorsements can wait. Withdraw one, or wait.`, {
      extensions: { most: MAX_WAITING },
    });
}

/** What all of them say, before who says it. */
function draftOf(deps: Deps, subject: Endorsed, id: string, comment: string, language: Language) {
  const { institution, achievement } = subject;
  const { origin } = deps.config;
  const about = achievement
    ? versionUrl({ origin, institution, achievementId: achievement.id, version: achievement.version })
    : institution.did;
  return { id: endorsementUrl(origin, institution.slug, id), at: deps.clock(), about, comment, language };
}

interface NewEndorsement {
  id: string;
  subject: Endorsed;
  kept: KeptEndorsement;
  person: string | null;
  actor: Actor;
  /** In whose log it stands: a person’s own doing is no institution’s business while it waits. */
  chain: string;
}

async function keep(deps: Deps, { id, subject, kept, person, actor, chain }: NewEndorsement): Promise<void> {
  const at = deps.clock();
  const row = { id, ...subjectOf(subject), kept, personId: person, createdAt: at.toISOString() };
  try {
    await commit(
      deps.db,
      [deps.db.query.insert(endorsements).values(row), ...letterTo(deps, subject, at)],
      [{ institution: chain, actor, action: 'endorsement.give', subject: id, at, details: subjectOf(subject) }],
    );
  } catch (error) {
    if (violatedKey(error) !== 'endorsements.id') throw error;
    const [first] = await deps.db.query.select().from(endorsements).where(eq(endorsements.id, id));
    if (first?.withdrawnAt) throw unfit('withdrawn', 'You withdrew this before. Say it anew.');
  }
}

function letterTo(deps: Deps, { institution, achievement }: Endorsed, now: Date) {
  const { profile, slug } = institution;
  if (!deps.mailer || !profile.email) return [];
  const composed = endorsementLetter(languageOf(institution), {
    to: profile.email,
    institution: profile.name,
    about: achievement?.name ?? profile.name,
    url: `${deps.config.origin}/console/${slug}/endorsements`,
  });
  return [
    letter(deps.db, {
      // One letter a day: it says that something waits, and not what.
      key: `endorsement:${institution.id}:${now.toISOString().slice(0, 10)}`,
      kind: 'endorsement',
      institution: institution.id,
      letter: composed,
      now,
    }),
  ];
}

/** An institution has no language of its own; its country says which of ours it reads. */
const languageOf = ({ profile }: Institution): Language =>
  ['NL', 'BE', 'SR', 'AW', 'CW', 'SX', 'BQ'].includes(profile.address.countryCode) ? 'nl' : 'en';
