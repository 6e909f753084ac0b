import { createHash, createHmac } from 'node:crypto';
import { digestAtOnce } from './platform/digests.ts';
import { hashAtOnce } from './vc/bytes.ts';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const hmacSha256 = (secret: Uint8Array, bytes: Uint8Array) =>
  new Uint8Array(createHmac('sha256', secret).update(bytes).digest());

/** Has short digests made by Node itself, without a thread. */
export function digestHere(): void {
  digestAtOnce({ sha256, hmacSha256 });
  hashAtOnce(sha256);
}
