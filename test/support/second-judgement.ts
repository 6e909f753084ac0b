// What the worlds of a test file issued is judged once more when its tests are done, by a verifier that shares no code
// with us.
import { expect, vi } from 'vitest';
import type { NodeWorld } from './worlds.ts';

/** At most so many of each world, the newest first: one world issues hundreds of the same kind. */
const MOST = 25;

type Issued = { document: string; state: string; keyState: string };

function issuedIn(world: NodeWorld): Issued[] {
  if (!world.db.sqlite.open || world.spoiled) return [];
  return world.db.sqlite
    .prepare(
      `select c.document, a.state, k.state as keyState from (
         select award_id, document, verification_method, signed_at from credentials
         union all
         select award_id, document, verification_method, signed_at from copies
         where format = 'ldp_vc' and document is not null
       ) c
       join awards a on a.id = c.award_id
       join institution_keys k on k.institution_id = a.institution_id
         and substr(c.verification_method, -length(k.id) - 1) = '#' || k.id
       where a.recipient_key not like 'erased:%'
       order by c.signed_at desc limit ${MOST}`,
    )
    .all() as Issued[];
}

/** Milliseconds: longer than the verifier keeps a DID document, which in another world has other keys. */
const APART = 6_000;
let judged = 0;

export async function judgeAll(all: NodeWorld[]): Promise<void> {
  for (const world of all) {
    const issued = issuedIn(world);
    if (!issued.length) continue;
    const { verifyCredential } = await import('@digitalcredentials/verifier-core');
    const host = new URL(world.origin).host;
    vi.stubGlobal('fetch', async (input: string | URL | Request) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.host === host) return world.request(url.pathname);
      throw new TypeError('there is no network');
    });
    const before = Date.now;
    const shift = ++judged * APART;
    vi.spyOn(Date, 'now').mockImplementation(() => before() + shift);
    // It tells the console that it has no network for the schemas; those are judged elsewhere.
    for (const name of ['log', 'error'] as const) vi.spyOn(console, name).mockImplementation(() => {});
    for (const { document, state, keyState } of issued) {
      const credential = JSON.parse(document);
      // The verifier goes by its own clock, to which a world may be in the future.
      if (Date.parse(credential.validFrom) > before()) continue;
      const { log = [] } = await verifyCredential({ credential, knownDIDRegistries: [] });
      const found = Object.fromEntries(log.map(({ id, valid }) => [id, valid]));
      const good = keyState !== 'compromised';
      expect([credential.id, found.valid_signature === true]).toEqual([credential.id, good]);
      // Of a list of suspensions it says nothing.
      if (good && !world.ownClock && credential.credentialStatus?.statusPurpose === 'revocation')
        expect([state, found.revocation_status]).toEqual([
          state,
          !['revoked', 'suspended', 'superseded'].includes(state),
        ]);
    }
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  }
}
