// Whole logins at the real local provider, as a browser does them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureDemo } from '../../src/demo/index.ts';
import { listMemberships } from '../../src/institutions/index.ts';
import { identitiesOf } from '../../src/people/index.ts';
import { sessions } from '../../src/people/schema.ts';
import { sha256Hex } from '../../src/platform/ids.ts';
import { createWorld } from '../support/create-world.ts';
import { startProvider } from '../support/provider.ts';
import { type Jar, signIn } from '../support/sign-in.ts';

let idp: Awaited<ReturnType<typeof startProvider>>;
const world = createWorld({ providerFetch: fetch });
beforeAll(async () => {
  idp = await startProvider();
  world.deps.config.providers.push(idp.config);
});
afterAll(() => idp.close());

async function personOf({ header }: Jar) {
  const secret = /__Host-session=([^;]+)/.exec(header)?.[1] ?? '';
  const id = await sha256Hex(secret);
  const found = (await world.db.query.select().from(sessions)).find(session => session.id === id);
  return found!.personId;
}
const onlyIdentity = async (browser: Jar) => {
  const all = await identitiesOf(world.deps, await personOf(browser));
  expect(all).toHaveLength(1);
  return all[0]!;
};

describe('the local provider', () => {
  it('signs in a learner with an eduID and no links', async () => {
    const { then, service, headers } = await signIn(world, 'sam');
    expect(then).toBe('/account');
    expect(await onlyIdentity(service)).toMatchObject({
      kind: 'eduid',
      issuer: idp.config.issuer,
      email: 'sam.devries@example.org',
      name: 'Sam de Vries',
      nameSource: 'self',
      links: [],
    });
    expect((await world.request('/account', { headers })).status).toBe(200);
  });

  it('tells which institution is linked, and which bank stands behind a name', async () => {
    const fatima = await signIn(world, 'fatima', { level: 'validate-names' });
    expect(fatima.then).toBe('/account');
    expect(await onlyIdentity(fatima.service)).toMatchObject({
      acr: 'https://eduid.nl/trust/validate-names',
      nameSource: 'institution',
      links: [{ home: 'hogeschool-voorbeeld.example', validatedName: 'Fatima El Amrani' }],
    });
    const bram = await signIn(world, 'bram', { level: 'validate-names-external' });
    expect(await onlyIdentity(bram.service)).toMatchObject({ nameSource: 'external', name: 'B. Jansen' });
  });

  it('O7: raises a level when asked, or goes on lower, and the service is told which', async () => {
    const first = await signIn(world, 'sam', { level: 'validate-names' });
    expect(first.then).toBe('/account?short=validate-names');
    expect((await onlyIdentity(first.service)).nameSource).toBe('self');
    const { service, atProvider } = first;
    const raised = await signIn(world, 'sam', { level: 'validate-names', link: true, service, atProvider });
    expect(raised.then).toBe('/account');
    expect(await onlyIdentity(raised.service)).toMatchObject({
      acr: 'https://eduid.nl/trust/validate-names',
      nameSource: 'institution',
    });
  });

  it('knows a browser that signed in before, asks again when a fresh proof is asked, and signs out', async () => {
    const first = await signIn(world, 'fatima');
    const again = await signIn(world, 'fatima', { service: first.service, atProvider: first.atProvider, fresh: true });
    expect(again.then).toBe('/account');
    const page = await world.request('/logged-out?at=eduid');
    const out = await fetch(page.headers.get('refresh')!.replace('0; url=', ''), {
      headers: { cookie: again.atProvider.header },
    });
    expect(out.status).toBe(200);
    expect(await out.text()).toContain('Ook uitloggen');
  });

  it('adds an institution account to an eduID after both sides proved themselves', async () => {
    const learner = await signIn(world, 'bram');
    const linked = await signIn(world, 'yusuf', { service: learner.service, purpose: 'link' });
    expect(linked.then).toBe('/account');
    const all = await identitiesOf(world.deps, await personOf(linked.service));
    expect(all.map(({ kind }) => kind)).toEqual(['eduid', 'institution']);
  });

  it('has staff with every role at the demo institution, who keep what they have at a second start', async () => {
    await ensureDemo(world.deps);
    await ensureDemo(world.deps);
    const roles: string[] = [];
    for (const name of ['mila', 'daan', 'noor', 'els', 'tom']) {
      const { service } = await signIn(world, name);
      const memberships = await listMemberships(world.deps, await personOf(service));
      expect(memberships).toHaveLength(1);
      roles.push(memberships[0]!.role);
    }
    expect(roles).toEqual(['admin', 'coordinator', 'examiner', 'board', 'awarder']);
  });

  it('says at its own pages that it is a trial, and shows who there is', async () => {
    const start = await world.request('/login/eduid');
    const atProvider = await fetch(start.headers.get('location')!, { redirect: 'manual' });
    const page = await fetch(new URL(atProvider.headers.get('location')!, idp.config.issuer), {
      headers: {
        cookie: atProvider.headers
          .getSetCookie()
          .map(line => line.split(';')[0])
          .join('; '),
      },
    });
    const text = await page.text();
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    for (const word of ['Wie ben je?', 'Sam de Vries', 'Noor Bakker', 'proef']) expect(text).toContain(word);
  });

  it('gives its links to no other token', async () => {
    for (const authorization of ['', 'Bearer x', 'Basic eA=='])
      expect((await fetch(idp.config.linksUrl!, { headers: { authorization } })).status).toBe(401);
  });
});
