import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureDemo } from '../../src/demo/index.ts';
import { verifyDossier } from '../../src/dossiers/index.ts';
import { dossiers } from '../../src/dossiers/schema.ts';
import { createWorld } from '../support/create-world.ts';
import { startProvider } from '../support/provider.ts';
import { signIn } from '../support/sign-in.ts';

let idp: Awaited<ReturnType<typeof startProvider>>;
const world = createWorld({ providerFetch: fetch });
beforeAll(async () => {
  idp = await startProvider();
  world.deps.config.providers.push(idp.config);
});
afterAll(() => idp.close());

it('who comes new finds a validation under way, the same one after a second start', async () => {
  const { validationUrl } = await ensureDemo(world.deps);
  expect(await ensureDemo(world.deps)).toMatchObject({ validationUrl });
  const [dossier, ...more] = await world.db.query.select().from(dossiers);
  expect(more).toEqual([]);
  expect(dossier!.turn).toBe('awaiting-assessor');
  expect(await verifyDossier(world.deps, dossier!.id)).toBeUndefined();

  const page = async (who: string, path: string) => {
    const { headers } = await signIn(world, who);
    return (await world.request(path, { headers: { accept: 'text/html', ...headers } })).text();
  };
  const learner = await page('fatima', new URL(validationUrl!).pathname);
  expect(learner).toContain('Samenwerken in de wijk');
  expect(learner).toContain('Hoe merk je dat iemand meer aankan?');
  const work = await page('yusuf', '/console/hogeschool-voorbeeld/work');
  expect(work).toContain(`/dossiers/${dossier!.id}`);
  expect(work).toContain('Fatima El Amrani');
});
