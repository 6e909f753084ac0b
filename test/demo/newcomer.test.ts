// What somebody meets who starts the service for the first time, and follows what it prints.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureDemo, greet } from '../../src/demo/index.ts';
import { createApiKey, readInstitution } from '../../src/institutions/index.ts';
import { people } from '../../src/people/schema.ts';
import { createWorld } from '../support/create-world.ts';
import { startProvider } from '../support/provider.ts';
import { jar, signIn, type SignInOptions } from '../support/sign-in.ts';

let idp: Awaited<ReturnType<typeof startProvider>>;
let badgeUrl: string;
const world = createWorld({ providerFetch: fetch });
beforeAll(async () => {
  idp = await startProvider();
  idp.provider.onArrival = account => greet(world.deps, idp.config.issuer, account);
  world.deps.config.providers.push(idp.config);
  ({ badgeUrl } = await ensureDemo(world.deps));
});
afterAll(() => idp.close());

const enter = async (who: string, options: SignInOptions = {}) => {
  const { headers, then } = await signIn(world, who, { return: '/start', ...options });
  const get = async (path: string) => {
    const accept: Record<string, string> = options.speaks ? { 'accept-language': options.speaks } : {};
    const answer = await world.request(path, { headers: { accept: 'text/html', ...accept, ...headers } });
    return { to: answer.headers.get('location'), text: await answer.text() };
  };
  return { then, get };
};
const languages = async () => (await world.db.query.select().from(people)).map(({ language }) => language);
const languageOf = (text: string) => /<html lang="(\w+)"/.exec(text)?.[1];

it('the badge that is printed stands on the shelf of Sam, also after a second start', async () => {
  expect((await ensureDemo(world.deps)).badgeUrl).toBe(badgeUrl);
  const sam = await enter('sam');
  expect(sam.then).toBe('/start');
  expect((await sam.get('/start')).to).toBe('/badges');
  const [, id] = /href="\/badges\/([\w-]{20,})"/.exec((await sam.get('/badges')).text)!;
  expect((await sam.get(`/badges/${id}`)).text).toContain(new URL(badgeUrl).pathname);
});

it('what a standard names in English is told in Dutch, on the badge and among what is held', async () => {
  const { get } = await enter('sam');
  const [badge, data] = [(await get(new URL(badgeUrl).pathname)).text, (await get('/account/data')).text];
  expect(badge).toMatch(/<span class="code" lang="nl">(<bdi>)?Gesprek</);
  expect(data).toContain('Gesprek met twee assessoren. Gesprek. ');
  expect(data).toContain('Totaaloordeel Aangetoond afgerond');
  // The signed document, in the technical data, keeps its own words.
  for (const text of [badge, data])
    expect(text.replaceAll(/<pre.*?<\/pre>/gs, '')).not.toMatch(/\b(Conversation|Completed)\b/);
});

it('the first that can be earned is what the program of the README awards at once', async () => {
  const institution = await readInstitution(world.deps, 'hogeschool-voorbeeld');
  const { key } = await createApiKey(world.deps, institution, { role: 'awarder' }, { kind: 'operator' });
  const { json } = await world.api('/api/v1/achievements', { key });
  const [first] = json.items as { id: string }[];
  const decision = { basis: 'assessment', decidedBy: 'A. Examinator', decidedOn: '2026-11-03' };
  const recipient = { email: 'noor@example.org', name: 'Noor' };
  const made = await world.api('/api/v1/awards', { key, body: { achievement: first!.id, recipient, decision } });
  expect((await world.api(`/api/v1/awards/${made.json.id}/credential`, { key })).status).toBe(200);
});

it('staff without badges come to their work, and their empty shelf shows the way there first', async () => {
  const noor = await enter('noor');
  expect((await noor.get('/start')).to).toBe('/console');
  const { text } = await noor.get('/badges');
  expect(text.indexOf('class="button" href="/console"')).toBeGreaterThan(0);
  expect(text.indexOf('class="button" href="/console"')).toBeLessThan(text.indexOf('href="/account/add"'));
});

it('who is new and has no role comes to an empty shelf, which offers no console, in the language that they chose', async () => {
  const before = await languages();
  const bram = await enter('bram', { service: jar('lang=en'), speaks: 'nl' });
  const after = await languages();
  // The choice goes before what the provider tells, which is what the browser speaks.
  expect([after.length - before.length, after.filter(each => each === 'en')]).toEqual([1, ['en']]);
  expect((await bram.get('/start')).to).toBe('/badges');
  expect((await bram.get('/badges')).text).not.toContain('href="/console"');
  expect((await world.request('/start')).headers.get('location')).toBe('/login?return=%2Fstart');
});

it('who reads English goes on in English after signing in, whether they were known before or not', async () => {
  // Mila was made with the demo, the student account of Sam is new.
  for (const who of ['mila', 'sam-student']) {
    const { get } = await enter(who, { speaks: 'en-GB,en;q=0.9' });
    expect(languageOf((await get('/badges')).text), who).toBe('en');
  }
});

it('a language that was found before stays: another browser does not change it', async () => {
  await enter('els', { speaks: 'nl' });
  const { get } = await enter('els', { speaks: 'en' });
  expect(languageOf((await get('/badges')).text)).toBe('nl');
});
