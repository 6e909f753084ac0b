import { DomainError } from '../platform/errors.ts';
import { optionsOf, readCandidate, verify } from '../verifier/index.ts';
import { DATA_INTEGRITY_CONTEXT, VC1_CONTEXT } from '../vc/contexts.ts';
import { VcError } from '../vc/errors.ts';
import type { Issuer } from './issuers.ts';
import { CONFORMANCE } from './policy.ts';
import { signDocument, signEnvelope } from './sign.ts';

type IssueDeps = {
  issuer: Issuer;
  now: Date;
  loader: DocumentLoader;
  /** A place in the status list of the issuer, when the server keeps one for every credential. */
  takeStatus: () => JsonObject;
  statusForAll: boolean;
};

/**
 * `POST /credentials/issue` of the VC-API 0.7 §3.2.1. What was signed is checked by the rules of every check before it
 * is handed over.
 * @throws DomainError `request-invalid` for what does not follow the data model
 */
export async function issueCredential(request: unknown, deps: IssueDeps): Promise<JsonObject> {
  const { issuer, now, loader } = deps;
  const { credential } = (request ?? {}) as { credential?: unknown };
  if (typeof credential !== 'object' || credential === null || Array.isArray(credential)) {
    throw new DomainError('request-invalid', 'The body has no credential.');
  }
  if ('proof' in credential) throw new DomainError('request-invalid', 'The credential has a proof already.');
  const options = optionsOf(request);
  const document = withStatus(inContext(credential as JsonObject), options, deps);

  const signed = await signOrRefuse(() =>
    /jwt/i.test(String(options.format))
      ? signEnvelope(document, issuer)
      : signDocument(document, issuer, { now, loader }),
  );
  const { checks } = await verify(readCandidate(signed), {
    now,
    kind: 'any',
    policy: CONFORMANCE.verifyProof,
    proofOnly: true,
    fetchJson: () => Promise.reject(new Error('nothing is fetched for what is issued here')),
  });
  const wrong = checks.find(({ id, outcome }) => ['form', 'signature', 'key'].includes(id) && outcome !== 'ok');
  if (wrong) {
    throw new DomainError('request-invalid', wrong.message.en, {
      extensions: { reason: wrong.code, evidence: wrong.evidence },
    });
  }
  return signed;
}

/** VC-DATA-INTEGRITY §2.4.1: what VC 1.1 does not define has to be defined by a context of its own. */
function inContext(credential: JsonObject): JsonObject {
  const contexts = credential['@context'];
  if (!Array.isArray(contexts) || contexts[0] !== VC1_CONTEXT || contexts.includes(DATA_INTEGRITY_CONTEXT)) {
    return credential;
  }
  return { ...credential, '@context': [...contexts, DATA_INTEGRITY_CONTEXT] };
}

/** A status of ours, where one is asked for and the credential has none; VC 1.1 has no words for it. */
function withStatus(credential: JsonObject, options: Record<string, unknown>, deps: IssueDeps): JsonObject {
  const asked = deps.statusForAll || options.credentialStatus !== undefined || options.status !== undefined;
  const first = [credential['@context']].flat()[0];
  if (!asked || 'credentialStatus' in credential || first === VC1_CONTEXT) return credential;
  return { ...credential, credentialStatus: deps.takeStatus() };
}

async function signOrRefuse(sign: () => Promise<JsonObject>): Promise<JsonObject> {
  try {
    return await sign();
  } catch (cause) {
    if (!(cause instanceof VcError)) throw cause;
    throw new DomainError('request-invalid', cause.message, { cause, extensions: { reason: cause.code } });
  }
}
