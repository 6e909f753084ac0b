import { encodeBase58, encodeBase64url, utf8 } from '../vc/bytes.ts';
import { VC2_CONTEXT } from '../vc/contexts.ts';
import { cryptosuiteOf } from '../vc/cryptosuites.ts';
import { formatDateTimeStamp } from '../vc/date.ts';
import { hashData, hashDocument } from '../vc/hash-data.ts';
import type { Issuer } from './issuers.ts';

/** Adds a proof of Data Integrity by the issuer, with the suite of its key. */
export async function signDocument(
  document: JsonObject,
  issuer: Issuer,
  { now, loader }: { now: Date; loader: DocumentLoader },
): Promise<JsonObject> {
  const config = {
    type: 'DataIntegrityProof',
    cryptosuite: issuer.cryptosuite,
    created: formatDateTimeStamp(now),
    verificationMethod: issuer.verificationMethod,
    proofPurpose: 'assertionMethod',
  };
  const { hashes, contexts } = cryptosuiteOf(config)!;
  const hash = hashes[issuer.keyType];
  const documentHash = await hashDocument(document, loader, hash);
  const data = await hashData(document, config, documentHash, { loader, hash, contexts });
  return { ...document, proof: { ...config, proofValue: `z${encodeBase58(await issuer.sign(data))}` } };
}

/** VC-JOSE-COSE §3.1.1: the credential as the claims of a JWT, in an EnvelopedVerifiableCredential. */
export async function signEnvelope(document: JsonObject, issuer: Issuer): Promise<JsonObject> {
  const header = { alg: issuer.alg, typ: 'vc+jwt', cty: 'vc', kid: issuer.verificationMethod };
  const part = (value: object) => encodeBase64url(utf8(JSON.stringify(value)));
  const signed = `${part(header)}.${part(document)}`;
  const jws = `${signed}.${encodeBase64url(await issuer.sign(utf8(signed)))}`;
  return { '@context': VC2_CONTEXT, id: `data:application/vc+jwt,${jws}`, type: 'EnvelopedVerifiableCredential' };
}
