import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '../support/create-world.ts';
import { createSchool, exampleProfile, type worldOn } from '../support/world.ts';

const OPERATOR_KEY = 'A'.repeat(43);

describe('K8: the DID document of an institution', () => {
  let world: ReturnType<typeof worldOn>;
  let school: Awaited<ReturnType<typeof createSchool>>;
  const claim = (slug: string) =>
    world.api('/api/v1/institutions', { key: OPERATOR_KEY, body: { slug, ...exampleProfile } });

  beforeAll(async () => {
    const made = createWorld();
    made.deps.config.operatorKey = OPERATOR_KEY;
    world = made;
    school = await createSchool(world, 'linde');
  });

  it.each(['Linde', 'LINDE', '%6cinde', 'linde/', 'linde/did.json', 'linde.', '../linde', 'ｌinde', ' linde', ''])(
    'no other spelling of its path can be claimed: %j',
    async slug => {
      const answer = await claim(slug);
      expect([answer.status, answer.json.code]).toEqual([400, 'request-invalid']);
    },
  );

  it('its own path is never given again', async () => {
    const answer = await claim('linde');
    expect([answer.status, answer.json.code]).toEqual([409, 'institution-exists']);
  });

  it('whatever spelling is asked for, the answer is its own document or none', async () => {
    const own = await world.api('/i/linde/did.json');
    expect([own.status, own.json.id]).toEqual([200, school.institution.did]);
    for (const path of [
      '/i/Linde/did.json',
      '/i/%6cinde/did.json',
      '/i/linde%2f/did.json',
      '/i//linde/did.json',
      '/i/linde/did.json/',
    ]) {
      const answer = await world.api(path);
      if (answer.status === 200) expect([path, answer.text]).toEqual([path, own.text]);
      else expect([path, answer.status]).toEqual([path, 404]);
    }
  });

  it('holds the keys for badges and for tokens from the first day on, as the key set does', async () => {
    const did = (await world.api('/i/linde/did.json')).json;
    const year = new Date().getFullYear();
    const ids = [`key-${year}-1`, `key-${year}-es256-1`].map(id => `${did.id}#${id}`);
    expect(did.assertionMethod).toEqual(ids);
    const { keys } = (await world.api('/.well-known/jwks.json')).json;
    expect(keys.map((key: { kid: string }) => key.kid)).toEqual([ids[1]]);
  });

  it('only the service writes it: no method but reading is answered, with any key', async () => {
    for (const method of ['PUT', 'POST', 'PATCH', 'DELETE']) {
      const answer = await world.api('/i/linde/did.json', { method, key: school.keys.admin, body: {} });
      expect([method, answer.status]).toEqual([method, expect.toSatisfy((s: number) => s === 404 || s === 405)]);
    }
    expect((await world.api('/i/linde/did.json')).json.id).toBe(school.institution.did);
  });
});
