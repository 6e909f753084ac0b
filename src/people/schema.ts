import { index, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Language } from '../platform/language.ts';

/** A human. Everything that is known about them hangs on their identities, so that it can be cut away. */
export const people = sqliteTable('people', {
  id: text().primaryKey(),
  language: text().$type<Language>().notNull(),
  createdAt: text('created_at').notNull(),
});

export const identityKinds = ['eduid', 'institution', 'email', 'did'] as const;
export type IdentityKind = (typeof identityKinds)[number];

/**
 * Who vouches for a name: nobody but the person, an institution, or another register (bank, eIDAS, service desk).
 * `unstated`: the provider says that it was validated, and not by whom.
 */
export type NameSource = 'self' | 'institution' | 'external' | 'unstated';

/** An institution account that the provider says is linked to an eduID. */
export interface LinkedAccount {
  eppn: string | null;
  home: string | null;
  validatedName: string | null;
  preferred: boolean;
}

/** A login or address that was proven to belong to a person. One (kind, issuer, subject) is of one person at most. */
export const identities = sqliteTable(
  'identities',
  {
    id: text().primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    kind: text().$type<IdentityKind>().notNull(),
    /** The provider's issuer URL; `mailto:` for an address; `did:` for a wallet. */
    issuer: text().notNull(),
    subject: text().notNull(),
    /** How the person recognises it: an address, an account, a DID. */
    label: text().notNull(),
    /** An address that this identity proves, in the one spelling of `emailKey`. */
    email: text(),
    /** An institution account that this identity proves, in the one spelling of `eppnKey`. */
    eppn: text(),
    home: text(),
    name: text(),
    nameSource: text('name_source').$type<NameSource>(),
    /** What the provider answered, never what was asked. */
    acr: text(),
    assurance: text({ mode: 'json' }).$type<string[]>().notNull(),
    links: text({ mode: 'json' }).$type<LinkedAccount[]>().notNull(),
    createdAt: text('created_at').notNull(),
    provenAt: text('proven_at').notNull(),
    lapsesAt: text('lapses_at'),
  },
  t => [
    uniqueIndex('identities_subject').on(t.kind, t.issuer, t.subject),
    index('identities_person').on(t.personId),
    index('identities_email').on(t.email),
    index('identities_eppn').on(t.eppn),
  ],
);

/** A signed-in browser. The cookie holds a secret; here stands its hash. */
export const sessions = sqliteTable(
  'sessions',
  {
    id: text().primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    /** The identity that it was opened with; it may have been cut since. */
    identityId: text('identity_id').notNull(),
    provider: text(),
    /** A browser and a system in words, such as "Firefox on Android": so that its owner can tell it from others. */
    device: text().notNull(),
    createdAt: text('created_at').notNull(),
    expiresAt: text('expires_at').notNull(),
    /** When a provider last vouched in this session, for what asks for a fresh proof. */
    provenAt: text('proven_at').notNull(),
  },
  t => [index('sessions_person').on(t.personId)],
);

/** What may be used once and was: hashes of states, of one-time links and of challenges. Old ones are swept. */
export const spent = sqliteTable('spent', {
  key: text().primaryKey(),
  expiresAt: text('expires_at').notNull(),
});

/** Old and new values of a provider's subjects, when a change over there changed them. */
export const movedSubjects = sqliteTable(
  'moved_subjects',
  {
    issuer: text().notNull(),
    before: text().notNull(),
    after: text().notNull(),
    movedAt: text('moved_at').notNull(),
  },
  t => [primaryKey({ columns: [t.issuer, t.before] })],
);
