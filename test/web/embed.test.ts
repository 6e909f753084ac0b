import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '../support/create-world.ts';
import { createSchool, exampleAward } from '../support/world.ts';

describe('a result within a page of someone else', () => {
  let world: ReturnType<typeof createWorld>;
  let path: string;
  beforeAll(async () => {
    world = createWorld();
    const school = await createSchool(world);
    const made = await world.api('/api/v1/awards', {
      key: school.keys.awarder,
      body: exampleAward(school.achievement),
    });
    const claimed = await world.request(new URL(made.json.claim).pathname, { method: 'POST' });
    path = claimed.headers.get('location')!;
  });

  it('W5: may be framed by anyone, and no other page may', async () => {
    const embedded = await world.request(`/embed${path}`);
    expect(embedded.headers.get('content-security-policy')).toContain('frame-ancestors *');
    expect(embedded.headers.get('x-frame-options')).toBeNull();
    for (const other of ['/', '/verify', '/verify/many', path, '/login']) {
      const { headers } = await world.request(other, { headers: { accept: 'text/html' } });
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-frame-options')).toBe('DENY');
    }
  });

  it('W5: shows no controls: one link to the whole check, in a new tab, and no form, script or button', async () => {
    const answer = await world.request(`/embed${path}`);
    const page = await answer.text();
    expect(page).toContain('Deze badge is geldig');
    expect(page).toContain('Samenwerken');
    expect(page).not.toMatch(/<(form|button|input|script|iframe|select)/);
    expect(page.match(/<a /g)).toHaveLength(1);
    expect(page).toContain(`href="${world.origin}${path}" target="_blank" rel="noopener noreferrer"`);
    expect(answer.headers.get('set-cookie')).toBeNull();
    // Whom the badge is for is a click away, and not on a page of another.
    expect(page).not.toContain('Sam de Vries');
  });

  it('takes the address of any badge, in both languages, and makes the verdict for this request', async () => {
    const address = encodeURIComponent(`${world.origin}${path}`);
    expect(await (await world.request(`/embed?url=${address}&lang=en`)).text()).toContain('This badge is valid');
    const fake = await world.request('/embed?verdict=valid&status=valid');
    expect(fake.status).toBe(404);
    expect(await fake.text()).not.toContain('answer valid');
  });

  it('W6: a token that is none reads as nothing, and not as a verdict', async () => {
    const answer = await world.request('/embed/c/AAAAAAAAAAAAAAAAAAAAAA');
    expect(answer.status).toBe(404);
    const page = await answer.text();
    expect(page).toContain('Hier is geen badge te zien');
    expect(page).not.toMatch(/answer (valid|invalid)/);
  });

  it('W7: is not for search engines or caches, and names nobody to where its link leads', async () => {
    const { headers } = await world.request(`/embed${path}`);
    expect(headers.get('x-robots-tag')).toBe('noindex');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });
});
