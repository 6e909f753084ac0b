import type { FetchSession, Fetched } from '../platform/fetch.ts';
import { hex, sha256 } from '../vc/bytes.ts';
import { canonizeDataset } from '../vc/canonize.ts';
import { cryptosuiteOf } from '../vc/cryptosuites.ts';
import { VcError } from '../vc/errors.ts';
import { canonizeConfig } from '../vc/hash-data.ts';
import { proofsOf, withoutProof } from '../vc/verify-proofs.ts';
import type { Sound } from './checks/form.ts';

/** What engineers need to find out why two verifiers disagree: what was read, what was hashed, and how long it took. */
export type Technical = {
  /** The statements that were signed (RDFC-1.0), in lines; absent for what has none. */
  canonical?: Canonical;
  /** Each proof without its value, as it was hashed. */
  proofs?: ({ index: number; cryptosuite: unknown } & Partial<Canonical>)[];
  /** The header of the token, and the hash of what its signature is over. */
  token?: { header: JsonObject; signedSha256: string };
  /** Every document that was asked for, and what came. */
  documents: UsedDocument[];
  /** Milliseconds of each step. Steps that ran within another are counted in both. */
  timing: Record<string, number>;
};
type Canonical = { sha256: string; statements: number; lines: string[]; truncated: boolean };
type UsedDocument = { url: string } & (
  | { error: string }
  | { answeredBy: string; contentType: string; fetchedAt: string; ageSeconds: number; bytes: number; sha256: string }
);

/** Characters of a canonical form that are told; a badge has a tenth of it. */
const MAX_TEXT = 64_000;

/** A budget of fetches that remembers what was used of it. */
type RecordedSession = FetchSession & { used: Map<string, Fetched | { code: string }> };

/** Remembers each document as it comes; nothing is hashed until somebody asks. */
export function recorded(session: FetchSession): RecordedSession {
  const used: RecordedSession['used'] = new Map();
  const get: FetchSession['get'] = async (url, options) => {
    try {
      const fetched = await session.get(url, options);
      used.set(url, fetched);
      return fetched;
    } catch (error) {
      used.set(url, { code: String((error as { code?: unknown }).code) });
      throw error;
    }
  };
  const json: FetchSession['json'] = async (url, options) => {
    // The same fetch as `json` does: a session asks for a thing once.
    await get(url, options);
    return session.json(url, options);
  };
  return { get, json, used };
}

/** Times the steps of one check. */
export type Timer = { <T>(step: string, work: () => T | Promise<T>): Promise<T>; timing: Record<string, number> };

/** A timer that keeps how long each step took, in milliseconds. */
export function createTimer(): Timer {
  const timing: Record<string, number> = {};
  const timer = async <T>(step: string, work: () => T | Promise<T>): Promise<T> => {
    const start = performance.now();
    try {
      return await work();
    } finally {
      timing[step] = Math.round((performance.now() - start) * 1_000) / 1_000;
    }
  };
  return Object.assign(timer, { timing });
}

/** Tells of a badge what was hashed; of one that could not be read as statements, nothing. */
export async function tellHashed(sound: Sound | undefined): Promise<Pick<Technical, 'canonical' | 'proofs' | 'token'>> {
  if (!sound) return {};
  const { document, dataset, envelope, loader } = sound;
  const token = envelope && {
    header: envelope.jws.header,
    signedSha256: hex(await sha256(envelope.jws.signed)),
  };
  const unsecured = withoutProof(document);
  try {
    const canonical = dataset.quads.length > 0 ? await tell(await canonizeDataset(dataset)) : undefined;
    const proofs = await Promise.all(
      proofsOf(document).map(async (proof, index) => {
        // Whatever stands there was handed over by a stranger.
        if (typeof proof !== 'object' || proof === null) return { index, cryptosuite: undefined };
        const { proofValue: _, ...config } = proof as JsonObject;
        const suite = cryptosuiteOf(config);
        const about = { index, cryptosuite: config.cryptosuite ?? config.type };
        if (suite?.signs !== 'statements') return about;
        return {
          ...about,
          ...(await tell(await canonizeConfig(unsecured, config, { loader, contexts: suite.contexts }))),
        };
      }),
    );
    return {
      ...(canonical ? { canonical } : {}),
      ...(proofs.length > 0 ? { proofs } : {}),
      ...(token ? { token } : {}),
    };
  } catch (error) {
    if (error instanceof VcError) return token ? { token } : {};
    throw error;
  }
}

async function tell(canonical: string): Promise<Canonical> {
  const text = canonical.slice(0, MAX_TEXT);
  const truncated = text.length < canonical.length;
  const lines = text.split('\n').filter(line => line !== '');
  const statements = canonical.split('\n').length - 1;
  return { sha256: hex(await sha256(canonical)), statements, lines, truncated };
}

/** Tells of each document that was used where it came from, how old it is and what its bytes are known by. */
export const tellDocuments = (used: RecordedSession['used'], now: Date): Promise<UsedDocument[]> =>
  Promise.all(
    [...used].map(async ([url, fetched]) => {
      if ('code' in fetched) return { url, error: fetched.code };
      const { url: answeredBy, contentType, body, fetchedAt } = fetched;
      return {
        url,
        answeredBy,
        contentType,
        fetchedAt: fetchedAt.toISOString(),
        ageSeconds: Math.max(0, Math.floor((now.getTime() - fetchedAt.getTime()) / 1000)),
        bytes: body.length,
        sha256: hex(await sha256(body)),
      };
    }),
  );
