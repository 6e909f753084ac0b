import { encodeBase64url, sha256, utf8 } from './bytes.ts';
import { type JoseSigner, signJws } from './jose-signer.ts';

/**
 * What can be left out: the path of a member, or of a list, whose items then can each be left out by themselves. What is
 * not there is passed over.
 */
export type Hideable = { member: readonly string[] } | { items: readonly string[] };

/**
 * Issues an SD-JWT (RFC 9901 §4): claims in which a digest with a salt of its own stands for each part that can be left
 * out, and behind it a disclosure for each. No part is inside another.
 * Throws what `signJws` does.
 */
export async function issueSdJwt(
  typ: string,
  claims: JsonObject,
  hideable: readonly Hideable[],
  signer: JoseSigner,
): Promise<string> {
  const payload = structuredClone(claims);
  const disclosures: string[] = [];
  const conceal = async (...parts: unknown[]): Promise<string> => {
    // §9.3: 128 bits, for each disclosure.
    const salt = encodeBase64url(crypto.getRandomValues(new Uint8Array(16)));
    const disclosure = encodeBase64url(utf8(JSON.stringify([salt, ...parts])));
    disclosures.push(disclosure);
    return encodeBase64url(await sha256(disclosure));
  };
  for (const place of hideable) {
    const path = 'member' in place ? place.member : place.items;
    const name = path.at(-1)!;
    const parent = path
      .slice(0, -1)
      .reduce<unknown>((node, step) => (isObject(node) ? node[step] : undefined), payload);
    if (!isObject(parent) || parent[name] === undefined) continue;
    if ('items' in place) {
      const items = parent[name] as unknown[];
      parent[name] = await Promise.all(items.map(async item => ({ '...': await conceal(item) })));
      continue;
    }
    const digest = await conceal(name, parent[name]);
    delete parent[name];
    // §4.2.4.1: in an order that does not tell which is which.
    parent._sd = [...((parent._sd as string[] | undefined) ?? []), digest].sort();
  }
  const jwt = await signJws(typ, { ...payload, _sd_alg: 'sha-256' }, signer);
  return [jwt, ...disclosures, ''].join('~');
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
