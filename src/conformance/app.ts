import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { DomainError } from '../platform/errors.ts';
import { BODY_LIMIT, readJson } from '../platform/http.ts';
import { problems } from '../platform/problem.ts';
import { answerCredential, answerPresentation, loaderFor, optionsOf, type VerifyDeps } from '../verifier/index.ts';
import { issueCredential } from './issue.ts';
import { createIssuer, type Issuer } from './issuers.ts';
import { CONFORMANCE } from './policy.ts';
import { createStatusList } from './status.ts';

type Name = keyof typeof CONFORMANCE.issue.issuers;

/** Where a suite finds what, as absolute URLs. */
type Endpoints = Record<Name, { issue: string; id: string }> & {
  verify: string;
  verifyProof: string;
  verifyPresentation: string;
};

/**
 * The VC-API of an institution that lasts as long as the process. It signs anything for anyone, under `CONFORMANCE`, so
 * it is no part of the service and stands on a port of its own. Behind https, every credential gets a status.
 */
export async function createConformanceApp({ origin, clock }: { origin: string; clock: () => Date }) {
  const app = new Hono();
  const loader = loaderFor(CONFORMANCE.verify);
  const issuing: Partial<Record<Name, { issue: string; id: string }>> = {};

  app.use(bodyLimit({ maxSize: BODY_LIMIT }));

  for (const [name, keyType] of Object.entries(CONFORMANCE.issue.issuers) as [Name, Issuer['keyType']][]) {
    const issuer = await createIssuer(keyType);
    const list = createStatusList(`${origin}/issuers/${name}/status`, issuer);
    issuing[name] = { issue: `${origin}/issuers/${name}/credentials/issue`, id: issuer.id };
    const deps = { issuer, loader, takeStatus: list.take, statusForAll: origin.startsWith('https:') };
    app.post(`/issuers/${name}/credentials/issue`, async c =>
      c.json(await issueCredential(await readJson(c), { ...deps, now: clock() }), 201),
    );
    app.get(`/issuers/${name}/status`, async c => c.json(await list.publish(clock(), loader)));
  }

  /** Its own lists are all that it looks up. */
  const fetchJson: VerifyDeps['fetchJson'] = async url => {
    if (!url.startsWith(`${origin}/`)) throw Object.assign(new Error('not looked up here'), { code: 'fetch-refused' });
    const answer = await app.request(url);
    if (!answer.ok) throw Object.assign(new Error('not found'), { code: 'fetch-failed' });
    return answer.json();
  };

  app.post('/credentials/verify', async c => {
    const request = await readJson(c);
    const { checks } = optionsOf(request);
    const proofOnly = Array.isArray(checks) && checks.length === 1 && checks[0] === 'proof';
    const policy = proofOnly ? CONFORMANCE.verifyProof : CONFORMANCE.verify;
    const { status, body } = await answerCredential(request, { now: clock(), fetchJson, policy, proofOnly });
    return c.json(body, status);
  });
  app.post('/proof/credentials/verify', async c => {
    const deps = { now: clock(), fetchJson, policy: CONFORMANCE.verifyProof, proofOnly: true };
    const { status, body } = await answerCredential(await readJson(c), deps);
    return c.json(body, status);
  });
  app.post('/presentations/verify', async c => {
    const deps = { now: clock(), fetchJson, policy: CONFORMANCE.verify };
    const { status, body } = await answerPresentation(await readJson(c), deps);
    return c.json(body, status);
  });

  app.notFound(c => c.json({ errors: [{ title: 'not-found' }] }, 404));
  app.onError((error, c) => {
    if (!(error instanceof DomainError)) {
      console.error(error);
      return c.json({ errors: [{ title: 'internal' }] }, 500);
    }
    const { code, detail, extensions } = error;
    const status = problems[code].status === 422 ? 422 : 400;
    return c.json({ verified: false, errors: [{ title: code, detail, ...extensions }] }, status);
  });

  const endpoints = {
    ...issuing,
    verify: `${origin}/credentials/verify`,
    verifyProof: `${origin}/proof/credentials/verify`,
    verifyPresentation: `${origin}/presentations/verify`,
  } as Endpoints;
  return { app, endpoints };
}
