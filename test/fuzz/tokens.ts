// SD-JWTs to change: parts taken out, put in, doubled, swapped, and every part with a letter or a member changed.
import { decodeBase64url, encodeBase64url, utf8 } from '../../src/vc/bytes.ts';
import { badge, type Json } from '../support/badges.ts';
import { type JwtKey, jwtKey } from '../support/jwts.ts';
import { badgeClaims, bind, digestOf, disclosure, hide, sdJwt } from '../support/sd-jwts.ts';
import { mutations } from './mutations.ts';
import type { Random } from './random.ts';

/** An SD-JWT, and whether it is good as it stands; one that is not may never be made to look so. */
export type Token = { name: string; compact: string; good: boolean };

const didOf = ({ jwk }: JwtKey) => `did:jwk:${encodeBase64url(utf8(JSON.stringify(jwk)))}`;

/** Tokens with claims of their own and with a credential in them, with and without key binding. */
export async function tokensOf(now: number): Promise<Token[]> {
  const [key, holder] = await Promise.all([jwtKey('ES256'), jwtKey('ES256')]);
  const did = didOf(key);
  const at = (hours: number) => Math.floor(now / 1000) + hours * 3600;
  const times = { iat: at(-1), nbf: at(-1), exp: at(24), cnf: { jwk: holder.jwk } };
  const { achievement } = badgeClaims(did).credentialSubject as { achievement: Json };
  const inner = await hide({ ...achievement, humanCode: 'VP-1' }, ['humanCode']);
  const subject = await hide({ type: ['AchievementSubject'], id: 'urn:uuid:1', achievement: inner.claims }, ['id']);
  const item = disclosure('zorg');
  const claims = badgeClaims(did, {
    ...times,
    tag: ['thuis', { '...': await digestOf(item) }],
    credentialSubject: subject.claims,
  });
  const given = [...Object.values(inner.disclosures), ...Object.values(subject.disclosures), item];
  const own = await sdJwt(key, {}, claims, given);

  const { claims: vc, disclosures } = await hide({ ...badge(did), ...times }, ['name']);
  const holds = await sdJwt(key, { typ: 'vc+sd-jwt' }, vc, Object.values(disclosures));
  const late = await sdJwt(key, {}, { ...claims, exp: at(-1) }, given);
  const hidden = await hide({ ...claims, exp: at(-1) }, ['exp']);
  return [
    { name: 'sd-jwt vc', compact: own, good: true },
    { name: 'sd-jwt vc bound', compact: await bind(own, holder, { iat: at(0) - 60 }), good: true },
    { name: 'credential in sd-jwt', compact: holds, good: true },
    { name: 'sd-jwt expired', compact: late, good: false },
    { name: 'sd-jwt without its end', compact: await sdJwt(key, {}, hidden.claims, given), good: false },
  ];
}

type Parts = { jws: string[]; disclosures: string[]; binding: string };

/** Changes a token somewhere; what comes out may be no token. */
export function mutateToken(compact: string, random: Random): { text: string; steps: string[] } {
  const [jws, ...rest] = compact.split('~');
  const parts: Parts = { jws: jws!.split('.'), binding: rest.pop()!, disclosures: rest };
  const steps: string[] = [];
  for (let left = random.below(3); left >= 0; left--) {
    const name = random.pick(Object.keys(changes));
    changes[name]!(parts, random);
    steps.push(name);
  }
  return { text: [parts.jws.join('.'), ...parts.disclosures, parts.binding].join('~'), steps };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const letter = (text: string, random: Random): string => {
  const at = random.below(text.length);
  return text.slice(0, at) + random.pick([...LETTERS, '=', '.', '~', '']) + text.slice(at + 1);
};

/** A part read as JSON, changed as any document is, and written again. */
function rewritten(part: string, random: Random): string {
  try {
    const value = JSON.parse(new TextDecoder().decode(decodeBase64url(part))) as Json | unknown[];
    const holder: Json = Array.isArray(value) ? { value } : value;
    mutations[random.pick(Object.keys(mutations))]!(holder, random);
    return encodeBase64url(utf8(JSON.stringify(Array.isArray(value) ? holder.value : holder) ?? ''));
  } catch {
    return part;
  }
}

const NAMES = ['exp', 'validUntil', 'name', 'id', 'issuer', 'status', '_sd', '...', '__proto__', '@context', '@nest'];

const changes: Record<string, (parts: Parts, random: Random) => void> = {
  leaveOut({ disclosures }, random) {
    disclosures.splice(random.below(disclosures.length + 1), 1);
  },
  double({ disclosures }, random) {
    if (disclosures.length > 0) disclosures.push(random.pick(disclosures));
  },
  turn({ disclosures }) {
    disclosures.reverse();
  },
  make({ disclosures }, random) {
    const parts = [`salt-${random.below(9)}`, random.pick(NAMES), random.pick([null, 1, 'x', [], {}])];
    disclosures.push(encodeBase64url(utf8(JSON.stringify(parts.slice(0, 1 + random.below(3))))));
  },
  change({ disclosures }, random) {
    const at = random.below(disclosures.length);
    if (disclosures[at])
      disclosures[at] = random.below(2) ? letter(disclosures[at], random) : rewritten(disclosures[at], random);
  },
  header({ jws }, random) {
    jws[0] = rewritten(jws[0]!, random);
  },
  claims({ jws }, random) {
    jws[1] = rewritten(jws[1]!, random);
  },
  letter({ jws }, random) {
    const at = random.below(jws.length);
    jws[at] = letter(jws[at]!, random);
  },
  strip(parts) {
    parts.binding = '';
  },
  binding(parts, random) {
    if (parts.binding) parts.binding = letter(parts.binding, random);
  },
  bindAs(parts, random) {
    parts.binding = random.pick([parts.jws.join('.'), 'a.b.c', '.', parts.disclosures[0] ?? 'x']);
  },
};

/**
 * Whether a token may be valid: what the issuer signed is as it was, whatever is disclosed with it was made by the
 * issuer, and a key binding is one of exactly this.
 */
export function mayBeValid(text: string, original: string): boolean {
  const split = (compact: string) => {
    const [jws, ...rest] = compact.trim().split('~');
    return { jws, binding: rest.pop(), disclosures: rest };
  };
  const [now, before] = [split(text), split(original)];
  return (
    now.jws === before.jws &&
    now.disclosures.every(part => before.disclosures.includes(part)) &&
    new Set(now.disclosures).size === now.disclosures.length &&
    (now.binding === '' || text.trim() === original)
  );
}
