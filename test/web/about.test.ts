import { describe, expect, it } from 'vitest';
import example from '../../keys.example/secrets.json';
import { readConfig } from '../../src/platform/config.ts';
import { createWorld } from '../support/create-world.ts';

describe('what is told to people about their data', () => {
  const world = createWorld();
  const page = async (path: string, language = 'nl') =>
    (await world.request(`${path}?lang=${language}`, { headers: { accept: 'text/html' } })).text();

  it('names the terms that this service is run with', async () => {
    const { retention } = world.deps.config;
    expect(await page('/privacy')).toContain(`${retention.drafts} dagen. Log je in`);
    expect(await page('/privacy')).toContain('Nog 7 jaar na het einde');
    Object.assign(retention, { drafts: 1, closedDossiers: 3650 });
    expect(await page('/privacy')).toContain('1 dag. Log je in');
    expect(await page('/privacy', 'en')).toContain('Another 10 years after its end');
  });

  it('says who can be asked, where the operator told it, and else where to go', async () => {
    const { config } = world.deps;
    for (const path of ['/privacy', '/terms']) {
      expect(await page(path)).toContain('heeft hier geen adres gezet');
      config.contact = 'hulp@badges.example';
      expect(await page(path)).toContain('<a href="mailto:hulp@badges.example">hulp@badges.example</a>');
      config.contact = 'https://badges.example/hulp';
      expect(await page(path)).toContain('<a href="https://badges.example/hulp">badges.example/hulp</a>');
      delete config.contact;
    }
  });

  it('stands below every page, and is what a service is pointed to', async () => {
    const front = await page('/');
    for (const path of ['/privacy', '/terms']) expect(front).toContain(`<a href="${path}">`);
    const found = (await (await world.request('/ims/ob/v3p0/discovery')).json()) as { info: Record<string, string> };
    expect(found.info.termsOfService).toBe(`${world.origin}/terms`);
    expect(found.info['x-imssf-privacyPolicyUrl']).toBe(`${world.origin}/privacy`);
  });

  it('takes an address of mail or of a page from the environment, and nothing else', () => {
    expect(readConfig({ CONTACT: 'hulp@badges.example' }, example).contact).toBe('hulp@badges.example');
    expect(readConfig({}, example)).not.toHaveProperty('contact');
    for (const CONTACT of ['hulp', 'javascript:alert(1)//@x', 'http://badges.example', 'a@b@c', 'a@b?cc=x@y'])
      expect(() => readConfig({ CONTACT }, example), CONTACT).toThrow('CONTACT is not');
  });
});
