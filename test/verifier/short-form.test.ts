import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { generateJoseKey, type JoseSigner, localJoseSigner, signJws } from '../../src/vc/jose-signer.ts';
import { type ShortBadge, signShortBadge } from '../../src/vc/short-badge.ts';
import { setTokenStatus, tokenListClaims } from '../../src/vc/status-list-token.ts';
import { minutes, NOW } from '../support/badges.ts';
import { DID, DID_URL, LIST_URL, line, world } from '../support/check-world.ts';

const INDEX = 7;

describe('the short form of a badge, as a QR code holds it', () => {
  let w: Awaited<ReturnType<typeof world>>;
  let signer: JoseSigner;
  let stranger: JoseSigner;
  const newSigner = async () => {
    const { publicJwk, pkcs8 } = await generateJoseKey('ES256');
    return localJoseSigner({ id: `${DID}#k1`, controller: DID, algorithm: 'ES256', publicJwk, pkcs8 });
  };
  const list = async (value: number, by = signer) => {
    const statuses = setTokenStatus(new Uint8Array(32_768), 2, INDEX, value);
    const [validFrom, validUntil] = [new Date(minutes(-30)), new Date(minutes(24 * 60))];
    const about = { uri: LIST_URL, issuer: DID, size: 2 as const, statuses, validFrom, validUntil, ttlMs: 300_000 };
    return signJws('statuslist+jwt', await tokenListClaims(about), by);
  };
  const make = (over: Partial<ShortBadge> = {}, by = signer) =>
    signShortBadge(
      {
        issuer: DID,
        id: 'urn:uuid:018f6f5e-7c1a-7000-8000-00000000abcd',
        title: 'Samenwerken',
        recipient: 'Sam de Vries',
        awarded: '2026-01-01',
        made: new Date(minutes(-60)),
        status: { list: LIST_URL, index: INDEX },
        ...over,
      },
      by,
    );

  beforeAll(async () => {
    w = await world();
    [signer, stranger] = [await newSigner(), await newSigner()];
  });
  beforeEach(async () => {
    const method = { id: `${DID}#k1`, type: 'JsonWebKey', controller: DID, publicKeyJwk: signer.publicJwk };
    w.answers[DID_URL] = { id: DID, verificationMethod: [method], assertionMethod: [`${DID}#k1`] };
    w.answers[LIST_URL] = await list(0);
  });

  it('is judged by the rules of any badge', async () => {
    expect(await w.verdict(await make())).toBe('valid');
    expect(await w.verdict(`HTTPS://ELSEWHERE.EXAMPLE/V#${await make()}`)).toBe('valid');
    expect(await w.verdict(await make({}, stranger))).toBe('invalid signature-invalid');
    expect(await w.verdict(await make({ validUntil: new Date(minutes(-10)) }))).toBe('invalid expired');
    expect(await w.verdict(await make({ made: new Date(minutes(10)) }))).toBe('invalid not-yet-valid');
    for (const [value, verdict] of [
      [1, 'invalid revoked'],
      [2, 'invalid suspended'],
      [3, 'indeterminate status-value-unknown'],
    ] as const) {
      w.answers[LIST_URL] = await list(value);
      expect(await w.verdict(await make())).toBe(verdict);
    }
  });

  it('is not believed on a list or a key of another', async () => {
    w.answers[LIST_URL] = await list(0, stranger);
    expect(await w.verdict(await make())).toBe('indeterminate status-list-invalid');
    delete w.answers[LIST_URL];
    expect(await w.verdict(await make())).toBe('indeterminate status-unreachable');
    w.answers[DID_URL] = { id: DID, verificationMethod: [], assertionMethod: [] };
    expect(await w.verdict(await make())).toBe('invalid key-not-found');
    delete w.answers[DID_URL];
    expect(await w.verdict(await make())).toBe('indeterminate issuer-unresolvable');
  });

  it('of a key that came after what is known of the issuer is unknown, and not called false', async () => {
    w.answers[DID_URL] = { id: DID, verificationMethod: [], assertionMethod: [] };
    const heardAt = (at: Date) => ({
      fetchKept: async (url: string) => ({ document: w.answers[url], at }),
    });
    const made = new Date(minutes(-60));
    const before = new Date(made.getTime() - 60_000);
    expect(await w.verdict(await make({ made }), heardAt(before))).toBe('indeterminate issuer-unresolvable');
    expect(await w.verdict(await make({ made }), heardAt(made))).toBe('invalid key-not-found');
  });

  it('says who it is about, and fetches nothing for an issuer that is on no list where that was asked', async () => {
    const report = await w.check(await make(), { recipient: { name: 'Sam de Vries' } });
    expect(line(report, 'recipient').outcome).toBe('ok');
    w.asked.length = 0;
    expect(await w.verdict(await make(), { onlyTrusted: true })).toBe('indeterminate issuer-not-listed');
    expect(w.asked).toEqual([]);
    expect(report.checkedAt).toBe(NOW.toISOString());
  });
});
