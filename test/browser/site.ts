// The real app on a real port, with badges in every state that a page can show.
import { createServer } from 'node:net';
import { serve } from '@hono/node-server';
import type { Locator, Page } from 'playwright-core';
import { ensureDemo } from '../../src/demo/demo.ts';
import { createInstitution, institutionProfile } from '../../src/institutions/index.ts';
import { badge, type Json, keySigner, signAny, webSigner } from '../support/badges.ts';
import { press } from '../support/browser.ts';
import { createWorld } from '../support/create-world.ts';
import { createSchool, exampleAward } from '../support/world.ts';

export type Site = Awaited<ReturnType<typeof startSite>>;

/** Starts the service with a demo institution, a school with awards in several states, and badges of strangers. */
export async function startSite() {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  // Nothing but ourselves can be reached.
  const world = createWorld({ origin, network: new Map() });
  const demo = await ensureDemo(world.deps);
  const school = await createSchool(world, 'proefschool');
  const leeg = { name: 'Lege Stichting', kind: 'volunteering', address: { countryCode: 'NL' } };
  await createInstitution(world.deps, { slug: 'leeg', profile: institutionProfile.parse(leeg) });

  let count = 0;
  /** An award of the school, not picked up yet. */
  const award = async (over: object = {}): Promise<{ id: string; claim: string }> => {
    const decision = { basis: 'assessment', decidedBy: 'X', decidedOn: '2026-01-15', reference: `r${++count}` };
    const body = exampleAward(school.achievement, { decision, ...over });
    const made = await world.api('/api/v1/awards', { key: school.keys.awarder, body });
    if (made.status !== 201) throw new Error(made.text);
    return made.json;
  };
  /** Picks an award up; the address of its page. */
  const claim = async (claimUrl: string): Promise<string> => {
    const response = await world.request(new URL(claimUrl).pathname, { method: 'POST' });
    return `${origin}${response.headers.get('location')}`;
  };
  const revoke = (id: string, reason = 'error') =>
    world.api(`/api/v1/awards/${id}/revocation`, { key: school.keys.awarder, body: { reason } });

  const server = serve({ fetch: world.app.fetch, port });
  const close = () => new Promise<void>(done => server.close(() => done()));
  const shared = new URL(demo.badgeUrl).pathname;
  const document = await (await world.request(`${shared}.json`)).text();
  return { origin, world, demo, school, award, claim, revoke, document, files: await badgesOfOthers(document), close };
}

/** Badges to upload, by the verdict that they get. */
async function badgesOfOthers(document: string) {
  const signer = await keySigner(3);
  const did = signer.id.split('#')[0]!;
  const tampered = JSON.parse(document);
  tampered.credentialSubject.achievement.name = 'Doctor in alles';
  return {
    valid: document,
    tampered: JSON.stringify(tampered),
    hostile: JSON.stringify(await signAny(hostileBadge(did), signer)),
    expired: JSON.stringify(await signAny(badge(did, { validUntil: '2026-10-20T09:00:00Z' }), signer)),
    unresolvable: JSON.stringify(
      await signAny(badge('did:web:linde.example'), await webSigner('did:web:linde.example', 4)),
    ),
    unreadable: JSON.stringify({
      ...JSON.parse(document),
      '@context': [...JSON.parse(document)['@context'], 'https://x.example/'],
    }),
  };
}

/** Rightly signed by nobody in particular, with everything in it that could harm a page. */
const hostileBadge = (issuer: string): Json =>
  badge(issuer, {
    issuer: {
      id: issuer,
      type: ['Profile'],
      name: 'Universiteit v\u0430n Am\u202Estredam',
      url: 'javascript:alert(1)',
    },
    image: { id: 'https://canary.example/badge.png', type: 'Image' },
    credentialSubject: {
      id: 'urn:uuid:5f1c2d3e-4b5a-4c6d-8e7f-901a2b3c4d5e',
      type: ['AchievementSubject'],
      identifier: [
        {
          type: 'IdentityObject',
          hashed: false,
          identityHash: '<img src=x onerror=alert(1)>',
          identityType: 'name',
        },
      ],
      achievement: {
        id: 'https://linde.example/achievements/1',
        type: ['Achievement'],
        inLanguage: 'en',
        name: `A title ${'that-goes-on-without-a-space-'.repeat(6)}</title><script>alert(1)</script>`,
        description:
          '# Words\n\n**Bold**, [a link](javascript:alert(1)) and <script>alert(1)</script>.\n\n * one\n * two',
        criteria: { id: 'javascript:alert(1)', narrative: 'A _criterion_.' },
        image: { id: 'https://canary.example/achievement.png', type: 'Image' },
        alignment: [
          { type: ['Alignment'], targetName: 'A script', targetUrl: 'javascript:alert(1)' },
          { type: ['Alignment'], targetName: 'A skill', targetUrl: 'https://esco.example/1', targetFramework: 'ESCO' },
        ],
      },
    },
    evidence: [{ id: 'data:text/html,hi', type: ['Evidence'], name: 'Report', narrative: 'A report.' }],
  });

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

/** Fills in the form and sends it. */
export async function checkOnPage(
  page: Page,
  origin: string,
  input: { text: string } | { file: string | Buffer; name?: string },
) {
  await page.goto(`${origin}/verify`);
  if ('text' in input) await page.fill('textarea', input.text);
  else {
    const mimeType = 'application/json';
    await page.setInputFiles('input[type=file]', {
      name: input.name ?? 'badge.json',
      mimeType,
      buffer: typeof input.file === 'string' ? Buffer.from(input.file) : input.file,
    });
  }
  await press(page, 'main form button');
}

/** The words of one place on a page. */
export const said = async (place: Locator): Promise<string> => (await place.textContent()) ?? '';
