import { and, asc, eq } from 'drizzle-orm';
import { emailKey, eppnKey } from '../platform/addresses.ts';
import type { Deps } from '../platform/context.ts';
import type { Statement } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import type { Language } from '../platform/language.ts';
import { DAY_MS } from '../platform/clock.ts';
import type { Proof } from './assurance.ts';
import { type IdentityKind, identities, people } from './schema.ts';

/** A tie between a person and a login or an address, as it was last proven. */
export type Identity = typeof identities.$inferSelect;

/** What a provider, a followed link or a signature proved just now. */
export type Proven = Omit<Identity, 'id' | 'personId' | 'createdAt' | 'provenAt'>;

/** What makes an identity that identity: no two people have the same. */
type IdentityKey = Pick<Identity, 'kind' | 'issuer' | 'subject'>;

/** The issuers of what has no provider. */
export const EMAIL_ISSUER = 'mailto:';
export const DID_ISSUER = 'did:';

/** An identity that knows nothing but itself: no name, no level, no links. */
export const bare = (kind: IdentityKind, issuer: string, subject: string): Proven => ({
  kind,
  issuer,
  subject,
  label: subject,
  email: null,
  eppn: null,
  home: null,
  name: null,
  nameSource: null,
  acr: null,
  assurance: [],
  links: [],
  lapsesAt: null,
});

/** Every tie of a person, the oldest first; also those that lapsed. */
export async function identitiesOf(deps: Deps, personId: string): Promise<Identity[]> {
  return deps.db.query
    .select()
    .from(identities)
    .where(eq(identities.personId, personId))
    .orderBy(asc(identities.createdAt), asc(identities.id));
}

/** Whose identity this is, if anybody's. */
export async function findIdentity(deps: Deps, { kind, issuer, subject }: IdentityKey): Promise<Identity | undefined> {
  const rows = await deps.db.query
    .select()
    .from(identities)
    .where(and(eq(identities.kind, kind), eq(identities.issuer, issuer), eq(identities.subject, subject)));
  return rows[0];
}

/** What was proven when this identity was: the words of the provider, which decide what the person may claim. */
export const proofOf = ({ acr, assurance, links }: Pick<Identity, 'acr' | 'assurance' | 'links'>): Proof => ({
  acr,
  values: assurance,
  links,
});

/** Whether what an identity proved no longer counts. */
export const hasLapsed = ({ lapsesAt }: Identity, now: Date): boolean =>
  lapsesAt !== null && Date.parse(lapsesAt) <= now.getTime();

export interface ProvenAddresses {
  emails: string[];
  eppns: string[];
  eduids: string[];
  dids: string[];
}

/** For so long an institution account counts after it was seen; institutions give accounts and addresses to others. */
export const INSTITUTION_DAYS = 180;

/**
 * What a person may pick up awards and roles by: every address that is proven and has not lapsed, in its one spelling.
 * An eduID never lapses; what it was said to be linked to, when its owner last signed in with it, does.
 */
export async function provenAddresses(deps: Deps, personId: string): Promise<ProvenAddresses> {
  const now = deps.clock();
  const standing = (await identitiesOf(deps, personId)).filter(identity => !hasLapsed(identity, now));
  return addressesIn(
    standing.map(identity => {
      const days = (now.getTime() - Date.parse(identity.provenAt)) / DAY_MS;
      return {
        ...identity,
        email: days > deps.config.retention.emailProof ? null : identity.email,
        links: days > INSTITUTION_DAYS ? [] : identity.links,
      };
    }),
  );
}

/** The addresses that identities prove, in their one spelling. */
export function addressesIn(list: readonly Identity[]): ProvenAddresses {
  const linked = list.flatMap(i => i.links.map(link => (link.eppn ? eppnKey(link.eppn) : undefined)));
  return {
    emails: unique(list.map(i => (i.email ? emailKey(i.email) : undefined))),
    eppns: unique([...list.map(i => (i.eppn ? eppnKey(i.eppn) : undefined)), ...linked]),
    eduids: unique(list.map(i => (i.kind === 'eduid' ? i.subject : undefined))),
    dids: unique(list.map(i => (i.kind === 'did' ? i.subject : undefined))),
  };
}

const unique = (values: (string | undefined)[]): string[] => [
  ...new Set(values.filter((value): value is string => value !== undefined)),
];

/** The statement that ties an identity to a person; the key of the table refuses one that is somebody's. */
export function tie(deps: Deps, personId: string, proven: Proven, now: Date): { id: string; statement: Statement } {
  const id = newId(now);
  const at = now.toISOString();
  return {
    id,
    statement: deps.db.query.insert(identities).values({ ...proven, id, personId, createdAt: at, provenAt: at }),
  };
}

/** The statement that keeps what an identity proved again: what is said now replaces what was said before. */
export function renew(deps: Deps, identityId: string, proven: Proven, now: Date): Statement {
  const { kind: _kind, issuer: _issuer, subject: _subject, ...said } = proven;
  return deps.db.query
    .update(identities)
    .set({ ...said, provenAt: now.toISOString() })
    .where(eq(identities.id, identityId));
}

/** A new person; the commit is the caller's. */
export function newPerson(deps: Deps, language: Language, now: Date): { id: string; statement: Statement } {
  const id = newId(now);
  return { id, statement: deps.db.query.insert(people).values({ id, language, createdAt: now.toISOString() }) };
}
