import type { Random } from './random.ts';

/** Changes a document as text; what comes out may be no JSON, and no UTF-8. */
type TextMutation = (text: string, random: Random) => string | Uint8Array;

const NOT_JSON = ['\uFEFF', '\u0000', '\\u0000', '\\ud800', '1e400', '-', '{', ']', ',', '"', "'", 'NaN', '/**/', '\\'];

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A random string token of a JSON text, quotes included. */
function anyToken(text: string, random: Random): { at: number; token: string } {
  const tokens = [...text.matchAll(/"(?:[^"\\]|\\.)*"/g)];
  const found = random.pick(tokens);
  return { at: found?.index ?? 0, token: found?.[0] ?? '' };
}

export const textMutations: Record<string, TextMutation> = {
  flip(text, random) {
    const bytes = bytesOf(text);
    bytes[random.below(bytes.length)]! ^= 1 << random.below(8);
    return bytes;
  },
  cut: (text, random) => text.slice(0, random.below(text.length)),
  erase(text, random) {
    const at = random.below(text.length);
    return text.slice(0, at) + text.slice(at + 1 + random.below(20));
  },
  repeat(text, random) {
    const at = random.below(text.length);
    const end = at + random.below(200);
    return text.slice(0, end) + text.slice(at, end) + text.slice(end);
  },
  insert(text, random) {
    const at = random.below(text.length);
    return text.slice(0, at) + random.pick(NOT_JSON) + text.slice(at);
  },
  escape(text, random) {
    const { at, token } = anyToken(text, random);
    if (token.length < 3) return text;
    const code = token.charCodeAt(1).toString(16).padStart(4, '0');
    return `${text.slice(0, at + 1)}\\u${code}${text.slice(at + 2)}`;
  },
  twice(text, random) {
    const members = [...text.matchAll(/"(issuer|validUntil|validFrom|credentialStatus|proof|id|name|type)":/g)];
    const found = random.pick(members);
    if (!found) return text;
    const name = random.below(2) ? found[0] : found[0].replace(/^"./, c => `"\\u00${c.charCodeAt(1).toString(16)}`);
    return `${text.slice(0, found.index)}${name}${random.pick(['null', '"x"', '{}', '[]'])},${text.slice(found.index)}`;
  },
  deep(text, random) {
    const levels = random.pick([20, 33, 1_000, 100_000]);
    return text.replace(/"name":/, `"name":${'['.repeat(levels)}${']'.repeat(levels)},"name":`);
  },
  number(text, random) {
    return text.replace(/:"/, `:${random.pick(['1e400', '-0', '01', '1.', '.5', '0x1', '1e', '-'])},"x":"`);
  },
  space: (text, random) => text.replace(/,/, `,${random.pick(['\n\n', '\u00A0', '\u2028', '\v', ' '.repeat(9_999)])}`),
  prototype: text => text.replace(/\{/, '{"__proto__":{"validUntil":null},'),
};
