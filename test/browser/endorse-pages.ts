// Words of others about an institution: where they are given, where they wait, where they stand.
import { acceptEndorsement, endorse, findEndorsed, listGivenEndorsements } from '../../src/credentials/index.ts';
import type { SignedIn } from '../../src/platform/context.ts';
import { press } from '../support/browser.ts';
import { createPerson } from '../support/people.ts';
import { type createSchool, operatorOf } from '../support/world.ts';
import type { PageToSee } from './page-list.ts';
import type { Site } from './site.ts';

/** One that is shown and one that waits, and who gave them. */
export async function fillEndorsements(
  { deps }: Site['world'],
  { institution, achievement }: Awaited<ReturnType<typeof createSchool>>,
) {
  const giver = await createPerson({ deps });
  const session = {
    person: giver.id,
    identity: giver.identityId,
    provenAt: deps.clock().toISOString(),
  } as SignedIn;
  const words = 'Wij werken met mensen die dit hier leerden, en zien elke dag dat ze het kunnen.';
  for (const [i, about] of [undefined, achievement].entries())
    await endorse(
      deps,
      session,
      await findEndorsed(deps, institution.slug, about),
      { nonce: `nonce-for-the-pages-${i}`, words, name: 'Anna de Boer', onBehalfOf: 'Thuiszorg De Linde' },
      'nl',
    );
  const given = await listGivenEndorsements(deps, session);
  const shown = given.find(one => one.about.kind === 'institution')!;
  await acceptEndorsement(operatorOf(deps, institution), shown.id);
  return giver;
}

const giver = (path: string, then?: PageToSee['open'], status?: number): PageToSee => ({
  open: async (page, site) => {
    const [name, value] = site.console.endorser.headers.cookie.split('=') as [string, string];
    await page.context().addCookies([{ name, value, url: site.origin.replace('http:', 'https:'), secure: true }]);
    const address = new URL(path, site.origin);
    address.searchParams.set('lang', ((await page.evaluate('navigator.language')) as string).slice(0, 2));
    await page.goto(address.href);
    await then?.(page, site);
  },
  ...(status === undefined ? {} : { status }),
});

export const endorsePages: Record<string, PageToSee> = {
  'endorse an institution': giver('/i/beheer/endorse', page => page.click('summary')),
  'an endorsement without words': giver('/i/beheer/endorse', page => press(page, 'main form .button'), 400),
  'what I endorsed': giver('/account/endorsements'),
  'an institution that others endorse': giver('/i/beheer'),
};
