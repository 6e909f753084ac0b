/**
 * The one spelling of an address, for comparing: Unicode NFC, no space around it, the part before the @ and the domain
 * in lower case, the domain in its ASCII form (IDNA). `a+b@` and `a@` are different addresses: what a plus means is up
 * to the host. Undefined for what is no address.
 */
export function emailKey(text: string): string | undefined {
  const match = /^([^\s@]{1,64})@([^\s@/\\?#:]{1,253})$/.exec(text.normalize('NFC').trim());
  if (!match) return undefined;
  const [, local, domain] = match as unknown as [string, string, string];
  const parsed = URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : undefined;
  // A dot at the end is the root of the DNS (RFC 1034 §3.1): the same host, and the same mailbox.
  const host = parsed?.replace(/\.$/, '');
  return host?.includes('.') || host === 'localhost' ? `${local.toLowerCase()}@${host}` : undefined;
}

/** The one spelling of an eduPersonPrincipalName: like an address, scoped to its institution. */
export const eppnKey = emailKey;

/** `s•••@example.org`: enough for its owner to recognise, not for others to learn. */
export function hinted(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 1 ? '•••' : `${address.slice(0, 1)}•••${address.slice(at)}`;
}
