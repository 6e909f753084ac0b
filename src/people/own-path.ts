/**
 * A path of ours to go on to after a login; `otherwise` for whatever could lead elsewhere, in any spelling (threat O9).
 */
export function ownPath(text: string | undefined, otherwise = '/'): string {
  if (!text || text.length > 1_000 || !/^\/[\x21-\x7e]*$/.test(text) || text.includes('\\')) return otherwise;
  // A slash or a backslash at its start is read as the start of a host by browsers; in code, by what decodes it later.
  if (/^\/(\/|%2f|%5c)/i.test(text)) return otherwise;
  if (!URL.canParse(text, 'https://ours.invalid')) return otherwise;
  const url = new URL(text, 'https://ours.invalid');
  const path = url.pathname + url.search + url.hash;
  // `/.//host` is a path of ours until the dot is taken out.
  return url.origin === 'https://ours.invalid' && !path.startsWith('//') ? path : otherwise;
}

/** The same path with a word about what came of it. */
export function withParameter(path: string, name: string, value: string): string {
  const url = new URL(path, 'https://ours.invalid');
  url.searchParams.set(name, value);
  return url.pathname + url.search + url.hash;
}
