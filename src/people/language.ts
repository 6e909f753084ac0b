import { eq } from 'drizzle-orm';
import { commit, OPERATOR } from '../platform/audit.ts';
import type { Deps } from '../platform/context.ts';
import type { Language } from '../platform/language.ts';
import { people } from './schema.ts';

/** The language in which a person is written to and, when they ask for no other, in which they read. */
export async function setLanguage(deps: Deps, personId: string, language: Language): Promise<void> {
  await commit(
    deps.db,
    [deps.db.query.update(people).set({ language }).where(eq(people.id, personId))],
    [
      {
        institution: OPERATOR,
        actor: { kind: 'person', person: personId },
        action: 'person.language',
        subject: personId,
        at: deps.clock(),
        details: { language },
      },
    ],
  );
}
