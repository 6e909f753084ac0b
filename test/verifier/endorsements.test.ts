import { beforeEach, describe, expect, it } from 'vitest';
import { OB_CONTEXT, VC2_CONTEXT } from '../../src/vc/contexts.ts';
import { badge, type Json, keySigner, minutes, NOW, signAny } from '../support/badges.ts';
import { DID, DID_URL, entry, LIST_URL, line, world } from '../support/check-world.ts';

const EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';
const ACHIEVEMENT = 'https://linde.example/achievements/valpreventie';
let w: Awaited<ReturnType<typeof world>>;
beforeEach(async () => {
  w = await world();
});

/** Words of an employer about `about`, signed by a key of their own. */
const endorse = async (about: unknown, changes: Json = {}, number = 21) => {
  const signer = await keySigner(number);
  return signAny(
    {
      '@context': [VC2_CONTEXT, OB_CONTEXT],
      id: `urn:uuid:8f0b5a6e-2a55-4f3e-9d1c-0a1b2c3d4e${number}`,
      type: ['VerifiableCredential', 'EndorsementCredential'],
      name: 'Aanbeveling',
      issuer: { id: signer.controller, type: ['Profile'], name: 'Thuiszorg Oost' },
      validFrom: '2026-10-01T00:00:00Z',
      credentialSubject: { id: about, type: ['EndorsementSubject'], endorsementComment: 'Sterk werk.' },
      ...changes,
    },
    signer,
  );
};
const withEndorsement = async (...endorsement: unknown[]) => w.issue({ endorsement });
const told = async (document: unknown) => {
  const { outcome, code, evidence } = line(await w.check(document), 'endorsements');
  return { outcome, code, endorsements: evidence.endorsements as Json[] };
};

describe('endorsements in a badge', () => {
  it('are checked each, and told with who gave them', async () => {
    const document = await withEndorsement(await endorse(badge(DID).id), await endorse(ACHIEVEMENT, {}, 22));
    const report = await w.check(document);
    expect(report.verdict).toBe('valid');
    expect(report.notChecked.map(({ id }) => id)).not.toContain('endorsements');
    const { outcome, code, endorsements } = await told(document);
    expect([outcome, code]).toEqual(['ok', 'endorsements-sound']);
    expect(endorsements).toMatchObject([
      {
        place: 'badge',
        outcome: 'ok',
        code: 'endorsement-sound',
        issuer: (await keySigner(21)).controller,
        about: [badge(DID).id],
      },
      { place: 'badge', outcome: 'ok', about: [ACHIEVEMENT] },
    ]);
    expect((endorsements[0]!.checks as Json[]).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['form', 'signature', 'key', 'dates', 'status']),
    );
  });

  it('V19e: one about another id is refused, and the badge is judged as before', async () => {
    for (const about of ['urn:uuid:11111111-2222-4333-8444-555555555555', 'https://linde.example/other']) {
      const document = await withEndorsement(await endorse(about));
      expect((await w.check(document)).verdict).toBe('valid');
      expect(await told(document)).toMatchObject({
        outcome: 'unknown',
        code: 'endorsements-doubtful',
        endorsements: [{ outcome: 'failed', code: 'endorsement-other-subject' }],
      });
    }
  });

  it('V19e: in an achievement it has to be about that achievement, and in a profile about that profile', async () => {
    const subject = badge(DID).credentialSubject as { achievement: Json };
    const place = async (about: string, where: 'achievement' | 'issuer') => {
      const endorsement = [await endorse(about)];
      const achievement = { ...subject.achievement, ...(where === 'achievement' ? { endorsement } : {}) };
      const issuer = { ...(badge(DID).issuer as Json), ...(where === 'issuer' ? { endorsement } : {}) };
      return told(await w.issue({ issuer, credentialSubject: { ...subject, achievement } }));
    };
    expect(await place(ACHIEVEMENT, 'achievement')).toMatchObject({ code: 'endorsements-sound' });
    expect(await place(DID, 'issuer')).toMatchObject({ code: 'endorsements-sound' });
    expect(await place(DID, 'achievement')).toMatchObject({ code: 'endorsements-doubtful' });
    expect(await place(ACHIEVEMENT, 'issuer')).toMatchObject({ code: 'endorsements-doubtful' });
  });

  it('V19e: fifty of them are refused by a limit, nested or not, and nothing is fetched for them', async () => {
    const one = await endorse(badge(DID).id, { issuer: { id: 'did:web:werk.example', type: ['Profile'] } });
    const fifty = await withEndorsement(...Array.from({ length: 50 }, () => one));
    await expect(async () => w.check(fifty)).rejects.toMatchObject({ code: 'limit-broken' });
    expect(w.asked).toEqual([]);
    const twelve = await withEndorsement(...Array.from({ length: 12 }, () => one));
    const tokens = await w.issue({ endorsementJwt: Array.from({ length: 50 }, (_, i) => `e30.e30.${i}`) });
    for (const [document, count] of [
      [twelve, 12],
      [tokens, 50],
    ] as const) {
      w.asked.length = 0;
      const report = await w.check(document);
      const { outcome, code, evidence } = line(report, 'endorsements');
      expect([outcome, code, evidence.count]).toEqual(['unknown', 'endorsements-too-many', count]);
      expect(report.verdict).toBe('valid');
      expect(w.asked).toEqual([DID_URL]);
    }
    let nested: Json = one;
    for (let i = 0; i < 10; i++) nested = { ...one, endorsement: [nested] };
    const deep = await w.check({ ...(await w.issue()), endorsement: [nested] });
    expect(deep.verdict).toBe('invalid');
  });

  it('a changed, an unsigned, an expired and a revoked one are told, and never change the verdict', async () => {
    const good = await endorse(badge(DID).id);
    const { proof: _, ...unsigned } = good;
    const subject = { ...(good.credentialSubject as Json), endorsementComment: 'Het allerbeste werk.' };
    w.answers[LIST_URL] = await w.list({ set: [5] });
    const signed = await w.issue({
      id: 'urn:uuid:99999999-2222-4333-8444-555555555555',
      type: ['VerifiableCredential', 'EndorsementCredential'],
      credentialSubject: { id: badge(DID).id, type: ['EndorsementSubject'] },
      credentialStatus: entry(),
    });
    for (const [endorsement, code] of [
      [{ ...good, credentialSubject: subject }, 'signature-invalid'],
      [unsigned, 'proof-missing'],
      [await endorse(badge(DID).id, { validUntil: '2026-10-02T00:00:00Z' }), 'expired'],
      [signed, 'revoked'],
    ] as const) {
      const document = await withEndorsement(endorsement);
      expect((await w.check(document)).verdict).toBe('valid');
      const { code: all, endorsements } = await told(document);
      expect([all, endorsements[0]!.code]).toEqual(['endorsements-doubtful', code]);
    }
  });

  it('what is no credential at all is told as malformed', async () => {
    const { code, endorsements } = await told(await w.issue({ endorsementJwt: ['a.b.c'] }));
    expect(code).toBe('endorsements-doubtful');
    expect(endorsements[0]).toMatchObject({ outcome: 'failed' });
  });
});

describe('an endorsement by itself', () => {
  it('is checked as what it is', async () => {
    const report = await w.check(await endorse(badge(DID).id));
    expect(report.verdict).toBe('valid');
    expect(line(report, 'schema')).toMatchObject({ outcome: 'not-applicable' });
    const changed = { ...(await endorse(badge(DID).id)), name: 'Anders' };
    expect(await w.verdict(changed)).toBe('invalid signature-invalid');
  });
});

describe('a newer version of a badge', () => {
  const ADDRESS = 'https://linde.example/refresh/1';
  const refreshable = (changes: Json = {}) => ({
    '@context': [...(badge(DID)['@context'] as string[]), EXTENSIONS],
    refreshService: { id: ADDRESS, type: '1EdTechCredentialRefresh' },
    ...changes,
  });
  const newer = (changes: Json = {}) => w.issue(refreshable({ validFrom: minutes(-120).toISOString(), ...changes }));

  it('is what is checked, once, when it is the same badge of the same issuer', async () => {
    w.answers[ADDRESS] = await newer({ name: 'Valpreventie, bijgewerkt' });
    const report = await w.check(await w.issue(refreshable()));
    expect(report).toMatchObject({
      verdict: 'valid',
      credential: { name: 'Valpreventie, bijgewerkt' },
      refresh: { code: 'refresh-newer', evidence: { address: ADDRESS } },
    });
    expect(w.asked.filter(url => url === ADDRESS)).toHaveLength(1);
    w.answers[ADDRESS] = await newer({ validUntil: minutes(-60).toISOString() });
    expect(await w.verdict(await w.issue(refreshable()))).toBe('invalid expired');
  });

  it('V19e: one of another issuer, subject or achievement, an older or a forged one leaves the badge as it was', async () => {
    const original = await w.issue(refreshable());
    const subject = badge(DID).credentialSubject as { achievement: Json };
    const other = await signAny(
      badge(w.stranger.controller, refreshable({ validFrom: minutes(-120).toISOString() })),
      w.stranger,
    );
    const forged = { ...(await newer()), name: 'Hoogleraar' };
    for (const [found, reason] of [
      [other, 'issuer'],
      [await newer({ credentialSubject: { ...subject, id: 'urn:uuid:another' } }), 'subject'],
      [
        await newer({ credentialSubject: { ...subject, achievement: { ...subject.achievement, id: 'urn:x:y' } } }),
        'achievement',
      ],
      [await newer({ validFrom: '2026-01-01T00:00:00Z' }), 'older'],
      [await newer({ validFrom: minutes(60, NOW).toISOString() }), 'not-yet-valid'],
      [forged, undefined],
      [{ hello: 'world' }, 'form'],
    ] as const) {
      w.answers[ADDRESS] = found;
      const report = await w.check(original);
      expect([reason, report.verdict, report.refresh?.code]).toEqual([reason, 'valid', 'refresh-refused']);
      if (reason) expect(report.refresh!.evidence).toMatchObject({ reason });
      expect(report.credential).toMatchObject({ name: 'Valpreventie in de thuiszorg' });
    }
  });

  it('V19e: an address that is refused or gives nothing leaves the badge as it was', async () => {
    for (const id of ['https://127.0.0.1/refresh', ADDRESS]) {
      const refused = () => {
        throw Object.assign(new Error('no'), { code: 'fetch-refused' });
      };
      w.answers[id] = refused;
      const document = await w.issue(refreshable({ refreshService: { id, type: '1EdTechCredentialRefresh' } }));
      const report = await w.check(document);
      expect(report).toMatchObject({ verdict: 'valid', refresh: { code: 'refresh-unreachable' } });
      expect(report.refresh!.evidence).toMatchObject({ reason: 'fetch-refused' });
    }
  });

  it('is not asked for when the badge is not its issuer’s, or as of another date', async () => {
    w.answers[ADDRESS] = await newer();
    const signed = await w.issue(refreshable());
    await w.check({ ...signed, name: 'Anders' });
    await w.check(signed, { at: new Date('2026-10-15T00:00:00Z') });
    expect(w.asked).not.toContain(ADDRESS);
  });

  it('the same version again is said to be the newest', async () => {
    const document = await w.issue(refreshable());
    w.answers[ADDRESS] = document;
    expect(await w.check(document)).toMatchObject({ verdict: 'valid', refresh: { code: 'refresh-same' } });
  });
});
