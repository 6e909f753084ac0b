import { DomainError } from '../platform/errors.ts';
import { COMPACT_JWS } from '../vc/jws.ts';
import { COMPACT_SD_JWT } from '../vc/sd-jwt.ts';
import type { Code } from './codes.ts';
import { verifyPresentation } from './presentation.ts';
import { readCandidate } from './read.ts';
import type { Verdict } from './report.ts';
import { type VerifyDeps, verify } from './verify.ts';

/** An answer of the VC-API: 200 for what is verified, 400 for what is not or cannot be told. */
export type VcApiAnswer = { status: 200 | 400; body: Record<string, unknown> };

/** `POST /credentials/verify` of the VC-API 0.7 §3.3.1: any credential, in an object, an envelope, a JWT or an SD-JWT. */
export async function answerCredential(request: unknown, deps: VerifyDeps): Promise<VcApiAnswer> {
  return answered(async () => {
    const { challenge, domain } = textsOf(request);
    const keyBinding = { ...(challenge === undefined ? {} : { required: true, nonce: challenge }), audience: domain };
    const candidate = readCandidate(member(request, 'verifiableCredential'));
    const report = await verify(candidate, { ...deps, kind: 'any', keyBinding });
    const { verdict, code, checks } = report;
    return { verdict, code, detail: { checks } };
  });
}

/** `POST /presentations/verify` of the VC-API 0.7 §3.3.2. */
export async function answerPresentation(request: unknown, deps: VerifyDeps): Promise<VcApiAnswer> {
  return answered(async () => {
    const presentation = readCandidate(member(request, 'verifiablePresentation'), 'vp');
    const asked = textsOf(request);
    const { verdict, code, findings, credentials } = await verifyPresentation(presentation, asked, deps);
    const told = credentials.map(report => ({ verdict: report.verdict, code: report.code, checks: report.checks }));
    return { verdict, code, detail: { presentation: findings, credentials: told } };
  });
}

/** The options of a request; those that nobody here knows are ignored. */
export function optionsOf(request: unknown): Record<string, unknown> {
  const { options } = isObject(request) ? request : {};
  return isObject(options) ? options : {};
}

/** What an answer was asked for. */
function textsOf(request: unknown): { challenge?: string; domain?: string } {
  const { challenge, domain } = optionsOf(request);
  if ([challenge, domain].some(value => value !== undefined && typeof value !== 'string')) {
    throw new DomainError('request-invalid', 'options.challenge and options.domain are texts.');
  }
  return { challenge, domain } as { challenge?: string; domain?: string };
}

type Judged = { verdict: Verdict; code: Code; detail: Record<string, unknown> };

async function answered(judge: () => Promise<Judged>): Promise<VcApiAnswer> {
  try {
    const { verdict, code, detail } = await judge();
    const verified = verdict === 'valid';
    const errors = verified ? [] : [{ type: `/api/docs#${code}`, title: code }];
    return { status: verified ? 200 : 400, body: { verified, verdict, code, ...detail, errors } };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const errors = [{ type: `/api/docs#${error.code}`, title: error.code, detail: error.detail }];
    return { status: 400, body: { verified: false, verdict: 'invalid', code: error.code, errors } };
  }
}

function member(request: unknown, name: string): unknown {
  const value = isObject(request) ? request[name] : undefined;
  // An object written as a text is no object here; a text is a JWT.
  if (typeof value === 'string' ? COMPACT_JWS.test(value) || COMPACT_SD_JWT.test(value) : value !== undefined)
    return value;
  throw new DomainError('request-invalid', `The body has no "${name}" that is an object or a JWT.`);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
