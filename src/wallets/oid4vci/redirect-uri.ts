/** Schemes that make a browser run, read or send something; none of them leads back to a wallet. */
const NOT_A_WALLET = [
  'about',
  'blob',
  'chrome',
  'data',
  'file',
  'filesystem',
  'ftp',
  'http',
  'intent',
  'javascript',
  'mailto',
  'sms',
  'tel',
  'vbscript',
  'view-source',
  'ws',
  'wss',
];

/**
 * Whether a wallet may have its user sent here: an address with https, one on this very machine (RFC 8252 §7.3), or one
 * that an app opens (§7.1). Nothing of it is rewritten.
 */
export function isRedirectUri(text: string): boolean {
  if (text.length > 1_000 || !/^[\x21-\x7e]+$/.test(text) || text.includes('#') || !URL.canParse(text)) return false;
  const { protocol, host, hostname, username, password } = new URL(text);
  if (username || password) return false;
  const loopback = protocol === 'http:' && (hostname === 'localhost' || hostname === '127.0.0.1');
  if (protocol === 'https:' || loopback) return /^[a-z0-9.-]+(:\d+)?$/.test(host);
  return !NOT_A_WALLET.includes(protocol.slice(0, -1));
}

/** The source that `form-action` has to let through for it (CSP3 §6.4.1). */
export function sourceOf(redirectUri: string): string {
  const { protocol, origin } = new URL(redirectUri);
  return protocol === 'https:' || protocol === 'http:' ? origin : protocol;
}
