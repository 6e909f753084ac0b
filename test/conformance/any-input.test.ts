import { describe, expect, it } from 'vitest';
import { checkCredential, findBadges } from '../../src/verifier/index.ts';
import { asJpeg, pdf, qrPicture } from '../support/containers.ts';
import { createWorld } from '../support/create-world.ts';
import { fixture, fixtureBytes, fixtureText, haveFixtures } from '../support/shared.ts';

const OB3 = 'third-party/ob3/';
const OB2 = 'third-party/ob2/';

describe.skipIf(!haveFixtures)('badges of others, in what they are kept in', () => {
  const expected = haveFixtures ? fixture(`${OB3}expected.json`) : {};

  for (const file of ['1edtech-simple-json.png', '1edtech-simple-jwt.svg'])
    it(`${file} is read and judged as the same badge by itself would be`, async () => {
      const { expect: verdict, code } = expected[file] as { expect: string; code: string };
      const { deps } = createWorld();
      expect(await checkCredential(deps, { file: fixtureBytes(OB3 + file) })).toMatchObject({ verdict, code });
    });

  it('1edtech-simple-json.png holds the badge of 1edtech-simple.json', async () => {
    const { found } = await findBadges(createWorld().deps, { file: fixtureBytes(`${OB3}1edtech-simple-json.png`) });
    expect(found).toMatchObject([{ badge: { id: fixture(`${OB3}1edtech-simple.json`).id }, where: [{ kind: 'png' }] }]);
  });

  it('the assertions of OB 2.0 are found in a picture, as a JWS and at their address', async () => {
    const assertion = fixture(`${OB2}1edtech-basic-assertion.json`);
    const id = String(assertion.id);
    const { deps } = createWorld({ network: new Map([[id, JSON.stringify(assertion)]]) });
    const [baked] = (await findBadges(deps, { file: fixtureBytes(`${OB2}1edtech-simple-badge.png`) })).found;
    expect(baked).toMatchObject({ badge: { id, recipient: assertion.recipient }, where: [{ kind: 'png' }] });
    const [signed] = (await findBadges(deps, { file: fixtureBytes(`${OB2}1edtech-simple.jwt`) })).found;
    expect(signed?.badge).toBe(fixtureText(`${OB2}1edtech-simple.jwt`).trim());
    const [hosted] = (await findBadges(deps, { file: asJpeg(qrPicture(id)) })).found;
    expect(hosted).toEqual({ badge: assertion, where: [{ kind: 'qr' }, { kind: 'link', name: id }], source: id });
  });

  it('every badge of others is read in a PDF as it is by itself', async () => {
    for (const file of Object.keys(expected).filter(name => name.endsWith('.json'))) {
      const { deps } = createWorld();
      const [alone] = (await findBadges(deps, { file: fixtureBytes(OB3 + file) })).found;
      const [inside] = (await findBadges(deps, { file: pdf([{ content: fixtureBytes(OB3 + file) }]) })).found;
      expect(inside?.badge).toEqual(alone?.badge);
    }
  });
});
