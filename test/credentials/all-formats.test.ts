// One award in everything that it travels in, each handed in at the check as someone who has it would.
import { beforeAll, describe, expect, it } from 'vitest';
import { makeCopy } from '../../src/credentials/index.ts';
import { bytesOf, claimBadge } from '../support/claimed.ts';
import { createWorld } from '../support/create-world.ts';
import { claimable, createOffers, submit } from '../support/offers.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look at whatever comes back.
type Json = Record<string, any>;

const DID = 'did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH';

describe('one award in everything that it travels in', () => {
  const world = createWorld();
  let school: Awaited<ReturnType<typeof createOffers>>;
  beforeAll(async () => {
    school = await createOffers(world, {}, claimable({}, { suspendable: true }));
  });

  /** Each thing, and the bytes or the text that someone has of it. */
  async function everything() {
    const badge = await claimBadge(world, school, 'Sam de Vries', { narrative: 'Leidde het wijkfeest.' });
    const { id, token, owner } = badge;
    const personId = world.db.sqlite.prepare('select person_id from awards where id = ?').pluck().get(id) as string;
    const copy = async (format: 'ldp_vc' | 'jwt_vc_json' | 'dc+sd-jwt', algorithm?: 'ES256' | 'RS256') =>
      (await makeCopy(world.deps, { awardId: id, personId, format, algorithm, holder: { did: DID } })).document;
    const file = async (path: string) => bytesOf(await world.request(path));
    await submit(world, `/badges/${id}/share`, owner.headers, {
      ...{ purpose: 'x', readers: 'many', term: 'week', without: 'narrative' },
    });
    const link = world.db.sqlite.prepare('select token from share_links where award_id = ?').pluck().get(id) as string;
    const short = world.db.sqlite
      .prepare("select document from copies where award_id = ? and format = 'short'")
      .pluck();
    const paper = await file(`/c/${token}.pdf`);
    const things: Record<string, Uint8Array | string> = {
      'ldp_vc, of the bearer': badge.document,
      'ldp_vc, bound': await copy('ldp_vc'),
      'jwt_vc_json, ES256': await copy('jwt_vc_json', 'ES256'),
      'jwt_vc_json, RS256': await copy('jwt_vc_json', 'RS256'),
      'jwt_vc_json, by its link': await file(`/c/${token}.jwt`),
      'dc+sd-jwt, bound': await copy('dc+sd-jwt'),
      'dc+sd-jwt, by its link': await file(`/c/${token}.sd-jwt`),
      'a PNG': await file(`/c/${token}.png`),
      'an SVG': await file(`/c/${token}.svg`),
      'a PDF': paper,
      'the QR code for where there is no network': `${world.origin.toUpperCase()}/V#${String(short.get(id))}`,
      'a link that leaves parts out': `${world.origin}/c/${link}`,
      'its SD-JWT': await file(`/c/${link}.sd-jwt`),
      'its PNG': await file(`/c/${link}.png`),
      'its SVG': await file(`/c/${link}.svg`),
      'its PDF': await file(`/c/${link}.pdf`),
    };
    return { id, things };
  }

  async function check(thing: Uint8Array | string): Promise<Json> {
    const body = new FormData();
    if (typeof thing === 'string')
      return (await world.api('/api/v1/verifications', { body: { credential: thing } })).json;
    body.set('file', new File([new Uint8Array(thing)], 'file'));
    return (await world.request('/api/v1/verifications', { method: 'POST', body })).json() as Promise<Json>;
  }
  const codesOf = async (things: Record<string, Uint8Array | string>) => {
    const codes: Record<string, string> = {};
    for (const [what, thing] of Object.entries(things)) codes[what] = (await check(thing)).code;
    return codes;
  };
  const all = (things: object, code: string) => Object.fromEntries(Object.keys(things).map(what => [what, code]));
  const act = (id: string, what: string, body: object | undefined, method = 'POST') =>
    world.api(`/api/v1/awards/${id}/${what}`, { key: school.keys.awarder, method, body });

  it('is suspended, lifted and revoked once each, and all of it turns, each by a list of its own kind', async () => {
    const { id, things } = await everything();
    expect(await codesOf(things)).toEqual(all(things, 'valid'));
    expect((await act(id, 'suspension', {})).status).toBe(200);
    expect(await codesOf(things)).toEqual(all(things, 'suspended'));
    expect((await act(id, 'suspension', undefined, 'DELETE')).status).toBe(200);
    expect(await codesOf(things)).toEqual(all(things, 'valid'));
    expect((await act(id, 'revocation', { reason: 'error' })).status).toBe(200);
    expect(await codesOf(things)).toEqual(all(things, 'revoked'));

    const kinds: Record<string, string> = {};
    const places = new Set<string>();
    for (const [what, thing] of Object.entries(things)) {
      const { evidence } = (await check(thing)).checks.find((one: Json) => one.id === 'status');
      kinds[what] = evidence.purpose === undefined ? 'token' : 'bitstring';
      places.add(`${evidence.list} ${evidence.index}`);
    }
    const isToken = (what: string) => /sd-jwt|QR code|parts out|^its/.test(what);
    expect(kinds).toEqual(
      Object.fromEntries(Object.keys(things).map(what => [what, isToken(what) ? 'token' : 'bitstring'])),
    );
    // What holds the same document shares a place: the bearer's, six copies, the short form.
    expect(places.size).toBe(8);
  });

  it('is not made anew while it is suspended or once it is revoked; what is made in between turns with the rest', async () => {
    const { id, token, owner } = await claimBadge(world, school, 'Kim de Boer');
    await submit(world, `/badges/${id}/share`, owner.headers, {
      ...{ purpose: 'x', readers: 'many', term: 'week', without: 'narrative' },
    });
    const link = world.db.sqlite.prepare('select token from share_links where award_id = ?').pluck().get(id) as string;
    const personId = world.db.sqlite.prepare('select person_id from awards where id = ?').pluck().get(id) as string;
    const made = world.db.sqlite.prepare('select count(*) from copies where award_id = ?').pluck();
    const files = ['sd-jwt', 'png', 'svg', 'pdf'];
    const doors = [...['json', 'jwt', ...files].map(as => `/c/${token}.${as}`), ...files.map(as => `/c/${link}.${as}`)];
    /** What a door gives: the answer, and what the check says of a thing that comes out. */
    const knock = async () => {
      const found: Record<string, string | number> = {};
      for (const door of doors) {
        const answer = await world.request(door);
        found[door] = answer.status === 200 ? (await check(await bytesOf(answer))).code : answer.status;
      }
      return found;
    };
    const copy = (format: 'ldp_vc' | 'jwt_vc_json' | 'dc+sd-jwt' | 'short', holder: { did: string } | null) =>
      makeCopy(world.deps, { awardId: id, personId, format, holder });
    const formats = ['ldp_vc', 'jwt_vc_json', 'dc+sd-jwt', 'short'] as const;
    const none = async () => {
      const before = made.get(id);
      for (const format of formats) {
        await expect(copy(format, null)).rejects.toMatchObject({ code: 'award-state' });
        if (format !== 'short') await expect(copy(format, { did: DID })).rejects.toMatchObject({ code: 'award-state' });
      }
      const found = await knock();
      expect(made.get(id)).toBe(before);
      return found;
    };
    const codes = async (found: Promise<object>) => [...new Set(Object.values(await found))].sort();
    await act(id, 'suspension', {});
    // What was signed before is told with its state; the rest is not there to be had.
    expect(await codes(none())).toEqual([409, 'suspended']);
    await act(id, 'suspension', undefined, 'DELETE');
    const between = Object.fromEntries(
      await Promise.all(formats.map(async format => [format, (await copy(format, null)).document] as const)),
    ) as Record<string, string>;
    between.short = `${world.origin.toUpperCase()}/V#${between.short}`;
    expect(await codesOf(between)).toEqual(all(between, 'valid'));
    expect(await codes(knock())).toEqual(['valid']);
    await act(id, 'suspension', {});
    expect(await codesOf(between)).toEqual(all(between, 'suspended'));
    expect(await codes(none())).toEqual(['suspended']);
    await act(id, 'revocation', { reason: 'error' });
    expect(await codesOf(between)).toEqual(all(between, 'revoked'));
    expect(await codes(none())).toEqual(['revoked']);
  });
});
