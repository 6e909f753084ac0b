/** Takes over what an answer sets, as a browser does. */
export function setCookies(jar: Map<string, string>, answer: Response): void {
  for (const line of answer.headers.getSetCookie()) {
    const [pair = ''] = line.split(';');
    const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    if (!value || /max-age=0\b/i.test(line)) jar.delete(name);
    else jar.set(name, value);
  }
}
