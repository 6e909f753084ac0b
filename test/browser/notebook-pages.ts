// The notebook in every state: a draft without a login, one's own, and that of whom one helps.
import type { Page } from 'playwright-core';
import { wav, png } from '../support/files.ts';
import { browserOf, type Browser } from '../support/notebook.ts';
import { createPerson } from '../support/people.ts';
import type { PageToSee } from './page-list.ts';
import type { Site } from './site.ts';

const photo = { name: 'tuin.png', bytes: png({ width: 60, height: 40 }) };

/** A draft, a notebook with something in it, an empty one, and a helper. */
export async function startNotebooks({ world }: Site) {
  const draft = browserOf(world);
  await draft.post('/begin', { goal: 'volunteer' });
  await draft.upload('/begin/story', { ask: '0', story: 'Ik repareer fietsen.\n\nOok voor de buren.' });
  await draft.upload('/begin/story', { ask: '1', voice: { name: 'verhaal.wav', bytes: wav() } });
  await draft.upload('/begin/story', { ask: '2', photo });
  const code = /\/begin\/go\/([\w-]{22})/.exec((await draft.get('/begin/card')).text)![1]!;
  const own = browserOf(world, (await createPerson(world)).headers);
  const told = {
    title: 'Kookte voor het buurtfeest',
    context: 'volunteering',
    periodFrom: '2024',
    story: 'Voor zestig mensen.',
  };
  const { location } = await own.upload('/portfolio/new', { ...told, photo });
  const path = location.split('?')[0]!;
  await own.post(`${path}/answers`, { version: '1', proud: 'Dat iedereen bleef eten.' });
  await own.upload(`${path}/evidence`, { caption: 'De uitnodiging', url: 'https://buurt.example/feest' });
  await own.post('/portfolio/standard', { important: 'Samen eten', wants: 'Een eigen keuken', help: 'some' });
  await own.post('/portfolio/goals', { words: 'Kok worden' });
  const experience = path.split('/').at(-1)!;
  const ask = async (name: string, about: string) => {
    const form = { name, relation: 'colleague', as: 'Sam', message: 'Weet je nog?', experience: about };
    return /\/r\/([\w-]{22})/.exec((await own.post('/portfolio/references/new', form)).text)![1]!;
  };
  const [asked, general] = [await ask('Fatima', experience), await ask('Ali', '')];
  const giver = browserOf(world, (await createPerson(world)).headers);
  for (const [name, about, words] of [
    ['Bo', experience, 'Iedereen kwam terug voor meer.'],
    ['Kim', '', 'Op Sam kun je rekenen.'],
    ['Noor', '', 'Sam hoort alles.'],
  ] as const) {
    const token = await ask(name, about);
    const answers: Record<string, string> = about ? {} : { 'good-at': 'Koken en regelen', example: 'Het buurtfeest' };
    await giver.upload(`/r/${token}`, { name, words, ...answers });
    if (name !== 'Noor') await giver.post(`/r/${token}/confirm`);
    if (name === 'Bo') await giver.post(`/r/${token}/sign`);
  }
  const said = await ask('Jo', experience);
  await browserOf(world).upload(`/r/${said}`, { name: 'Jo', words: 'Lekker!', voice: { name: 'x.wav', bytes: wav() } });
  const choose = (await own.get('/portfolio/readers/new')).text;
  const reference = /value="([0-9a-f-]{36})"[^>]*> <bdi>Ook wat Bo zei/.exec(choose)![1]!;
  const made = { label: 'Sollicitatie bij de Linde', words: 'Ik ben Sam.', days: '30', experience, reference };
  const shared = /\/p\/([\w-]{22})/.exec((await own.post('/portfolio/readers/new', made)).text)![1]!;
  const helpers = (await own.post('/portfolio/helpers')).text;
  const helper = browserOf(world);
  await helper.post('/together', {
    code: /code-to-tell">(\w{4}) (\w{4})</.exec(helpers)!.slice(1).join(''),
    name: 'Fatima',
  });
  const empty = browserOf(world, (await createPerson(world)).headers);
  return { draft, own, helper, empty, giver, path, code, asked, general, said, shared };
}

export type Notebooks = Awaited<ReturnType<typeof startNotebooks>>;

const as =
  (who: (n: Notebooks) => Browser | undefined, path: (n: Notebooks) => string): PageToSee['open'] =>
  async (page: Page, { origin, notebooks }) => {
    const cookies = [...(who(notebooks)?.jar ?? [])].map(([name, value]) => `${name}=${value}`);
    if (cookies.length) await page.setExtraHTTPHeaders({ cookie: cookies.join('; ') });
    const address = new URL(path(notebooks), origin);
    address.searchParams.set('lang', ((await page.evaluate('navigator.language')) as string).slice(0, 2));
    return page.goto(address.href);
  };
const by =
  (who: (n: Notebooks) => Browser | undefined) =>
  (path: (n: Notebooks) => string): PageToSee => ({ open: as(who, path) });
const nobody = by(() => undefined);
const draft = by(n => n.draft);
const own = by(n => n.own);
const helper = by(n => n.helper);
const empty = by(n => n.empty);
const giver = by(n => n.giver);

export const notebookPages: Record<string, PageToSee> = {
  'begin here': nobody(() => '/begin'),
  'begin, one more question': draft(() => '/begin/story'),
  'begin, the card': draft(() => '/begin/card'),
  'begin, an experience': draft(() => '/begin/new'),
  'begin, back by the code': nobody(n => `/begin/go/${n.code}`),
  'begin, a code that ended': { ...nobody(() => '/begin/go/AAAAAAAAAAAAAAAAAAAAAA'), status: 404 },
  'begin, keep': empty(() => '/begin/keep'),
  'notebook, empty': empty(() => '/portfolio'),
  notebook: own(() => '/portfolio'),
  'something new': own(() => '/portfolio/new'),
  experience: own(n => n.path),
  'experience, other questions': own(n => `${n.path}?set=network`),
  'my own standard': own(() => '/portfolio/standard'),
  'beside a standard': own(() => '/portfolio/outcomes?q=koken'),
  'what others say': own(() => '/portfolio/references'),
  'what others say, nothing yet': empty(() => '/portfolio/references'),
  'ask someone for words': own(() => '/portfolio/references/new'),
  'who reads along': own(() => '/portfolio/readers'),
  'who reads along, nobody yet': empty(() => '/portfolio/readers'),
  'let someone read along': own(() => '/portfolio/readers/new'),
  'let someone read along, nothing told yet': empty(() => '/portfolio/readers/new'),
  'what someone shares': nobody(n => `/p/${n.shared}`),
  'a link to read along that ended': { ...nobody(() => '/p/AAAAAAAAAAAAAAAAAAAAAA'), status: 404 },
  'a question about an experience': nobody(n => `/r/${n.asked}`),
  'a question about what someone can': nobody(n => `/r/${n.general}`),
  'one’s own question': own(n => `/r/${n.general}`),
  'what was said, without a login': nobody(n => `/r/${n.said}`),
  'what was said, with a login': giver(n => `/r/${n.said}`),
  'a key of one’s own, with a wrong name': { ...giver(n => `/r/${n.said}/own-key?did=x`), status: 400 },
  'what one said of others': giver(() => '/account/references'),
  'take along and put back': own(() => '/portfolio/pack'),
  'take along, nothing yet': empty(() => '/portfolio/pack'),
  'filled in together': own(() => '/portfolio/helpers'),
  'help someone': nobody(() => '/together'),
  'notebook of whom one helps': helper(() => '/together/notebook'),
};
