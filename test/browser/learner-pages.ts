// The pages of a learner in every state: offers, claims, badges, confirmations.
import type { Page } from 'playwright-core';
import { press } from '../support/browser.ts';
import { createOffers, submit, withEmail } from '../support/offers.ts';
import { createPerson } from '../support/people.ts';
import { walletOn } from '../support/wallet.ts';
import type { PageToSee } from './page-list.ts';
import type { Site } from './site.ts';

type Who = { headers: Record<string, string> };

/** A learner with a badge in each state, and somebody else. */
export async function startLearners(site: Site) {
  const { world } = site;
  world.deps.mailer = { send: () => Promise.reject(new Error('not here')) };
  world.deps.config.providers.push({
    id: 'eduid',
    name: 'eduID',
    issuer: 'https://idp.example',
    clientId: 'x',
    clientSecret: 'y',
    profile: 'surfconext',
  });
  const easy = await createOffers(world, {}, { name: 'Samenwerken in een zorgteam' });
  const strict = await createOffers(world, { assurance: 'validate-names' }, { name: 'Valpreventie in de thuiszorg' });
  const sam = await withEmail(world, 'sam@example.org', { kind: 'eduid', issuer: 'https://idp.example' });
  const kim = await createPerson(world);
  const mine = { email: 'sam@example.org', name: 'Sam de Vries' };
  let count = 0;
  const rest = () => ({
    decision: { basis: 'assessment', decidedBy: 'A', decidedOn: '2026-01-15', reference: `${++count}` },
  });
  const claimed = async () => {
    const { id, path } = await easy.offer(mine, rest());
    await submit(world, path, sam.headers);
    const share = world.db.sqlite.prepare('select token from shares where award_id = ?').pluck().get(id);
    return { badge: `/badges/${id}`, id, path, share: `/c/${share}` };
  };
  const [ready, tooLow, declined, lapsed] = [
    await easy.offer(mine, rest()),
    await strict.offer(mine, rest()),
    await easy.offer(mine, rest()),
    await easy.offer(mine, rest()),
  ];
  await submit(world, `${declined.path}/decline`, sam.headers);
  world.db.sqlite.prepare("update offers set lapses_at = '2026-01-01T00:00:00.000Z' where id = ?").run(lapsed.id);
  const [whole, revoked] = [await claimed(), await claimed()];
  await submit(world, `${whole.share}/confirm`, sam.headers);
  await world.api(`/api/v1/awards/${revoked.id}/revocation`, {
    key: easy.keys.awarder,
    body: { reason: 'error', text: 'Er stond een verkeerde datum op.' },
  });
  await submit(world, `${revoked.badge}/reply`, sam.headers, { words: 'Dank je wel.' });
  const link = async (readers: string) => {
    await submit(world, `${whole.badge}/share`, sam.headers, {
      purpose: 'Sollicitatie bij de Linde',
      readers,
      term: 'week',
      without: 'name',
    });
    return `/c/${world.db.sqlite.prepare('select token from share_links order by rowid desc limit 1').pluck().get()}`;
  };
  const links = { many: await link('many'), one: await link('one') };
  const foreign = await submit(world, '/badges/add/keep', sam.headers, {
    document: site.files.valid,
  });
  const elsewhere = foreign.headers.get('location')!;
  const wallet = walletOn(world);
  const server = await wallet.ask(`/.well-known/oauth-authorization-server/i/${easy.institution.slug}`);
  const { url } = await wallet.push({ offer: {}, server: server.json });
  const asks = new URL(url).pathname + new URL(url).search;
  return { asks, sam, kim, ready, tooLow, declined, lapsed, whole, revoked, links, elsewhere };
}

export type Learners = Awaited<ReturnType<typeof startLearners>>;

const as =
  (who: (l: Learners) => Who | undefined, path: (l: Learners) => string): PageToSee['open'] =>
  async (page: Page, { origin, learners }) => {
    const { cookie } = who(learners)?.headers ?? {};
    if (cookie) await page.setExtraHTTPHeaders({ cookie });
    // Who is signed in reads their own language, whatever the browser asks for.
    const address = new URL(path(learners), origin);
    address.searchParams.set('lang', ((await page.evaluate('navigator.language')) as string).slice(0, 2));
    return page.goto(address.href);
  };
const sam = (path: (l: Learners) => string): PageToSee => ({ open: as(l => l.sam, path) });
const kim = (path: (l: Learners) => string): PageToSee => ({ open: as(l => l.kim, path) });
const nobody = (path: (l: Learners) => string): PageToSee => ({ open: as(() => undefined, path) });

/** The answer to a button of a page of Sam's. */
const pressed = (path: (l: Learners) => string, button: string): PageToSee => ({
  open: async (page, site) => {
    // As a cookie of the browser, since the form is sent too; a cookie of that name is for https, or for this machine.
    const [name, value] = site.learners.sam.headers.cookie.split('=') as [string, string];
    await page.context().addCookies([{ name, value, url: site.origin.replace('http:', 'https:'), secure: true }]);
    await nobody(path).open(page, site);
    return press(page, button);
  },
});

export const learnerPages: Record<string, PageToSee> = {
  'offer, not signed in': nobody(l => l.ready.path),
  'offer, ready': sam(l => l.ready.path),
  'offer, another account': kim(l => l.ready.path),
  'offer, too little known': sam(l => `${l.tooLow.path}?short=validate-names`),
  'offer, declined': nobody(l => l.declined.path),
  'offer, lapsed': sam(l => l.lapsed.path),
  'claimed, by you': sam(l => l.whole.path),
  'claimed, by someone else': kim(l => l.whole.path),
  'my badges': sam(() => '/badges'),
  'my badges, none': kim(() => '/badges'),
  'my badges, sought in vain': sam(() => '/badges?q=niets'),
  'without a network': sam(l => `${l.whole.badge}/offline`),
  'a wallet, which': sam(l => `${l.whole.badge}/wallet`),
  'a wallet, by digits': pressed(l => `${l.whole.badge}/wallet`, 'button[value=code]'),
  'a wallet for learning': pressed(l => `${l.whole.badge}/wallet`, 'button[value=learner]'),
  'a wallet, by signing in': pressed(l => `${l.whole.badge}/wallet`, 'button[value=sign-in]'),
  'a wallet, arrived': sam(l => `${l.whole.badge}/wallet/arrived`),
  'a wallet asks': sam(l => l.asks),
  'a wallet asks, nothing to give': kim(l => l.asks),
  'share links': sam(l => `${l.whole.badge}/share?done=made`),
  'a link of a learner': nobody(l => l.links.many),
  'a link for one reader': nobody(l => l.links.one),
  'add a badge from elsewhere': sam(() => '/badges/add'),
  'badge from elsewhere': sam(l => l.elsewhere),
  'badge of mine': sam(l => `${l.whole.badge}?done=claimed`),
  'badge of mine, revoked': sam(l => l.revoked.badge),
  'confirmed badge': nobody(l => l.whole.share),
  'confirm, owner': sam(l => `${l.whole.share}/confirm`),
  'confirm, stranger': kim(l => `${l.whole.share}/confirm`),
};
