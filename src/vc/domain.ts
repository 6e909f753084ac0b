/** The internet name that an issuer's id stands for, as the DNS knows it (so look-alike letters show as `xn--`). */
export function domainOf(id: string): string | undefined {
  const web = /^did:web:([^:/?#]+)/.exec(id);
  const address = web ? `https://${web[1]!.replace(/%3a/i, ':')}/` : id;
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.host : undefined;
}
