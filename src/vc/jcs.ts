/**
 * JSON in its canonical form (RFC 8785): sorted members, no white space, numbers as ECMAScript writes them. Equal values
 * give equal texts, and values that differ never share one. Members that are `undefined` are left out, as
 * `JSON.stringify` does.
 * @throws TypeError on what JSON cannot say exactly: half a surrogate pair, a number that is not finite, bigint,
 * functions,   dates and other class instances, `undefined` in an array
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  // §3.2.2.3: the serialisation of ECMAScript, which is that of the runtime; -0 is 0.
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value === 'string' && !/\p{Surrogate}/u.test(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`;
  if (typeof value === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null)) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      // §3.2.3: by UTF-16 code units, which is how `<` compares.
      .sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${members.map(([name, member]) => `${canonicalJson(name)}:${canonicalJson(member)}`).join(',')}}`;
  }
  throw new TypeError('This is no JSON value.');
}
