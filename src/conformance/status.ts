import { DAY_MS } from '../platform/clock.ts';
import { emptyBits, encodeList, LIST_LENGTH, statusListCredential } from '../vc/status-list.ts';
import type { Issuer } from './issuers.ts';
import { signDocument } from './sign.ts';

/** The status list of one issuer: places are handed out at random, and nothing is ever revoked. */
export function createStatusList(url: string, issuer: Issuer) {
  const taken = new Set<number>();
  return {
    /** An entry of the purpose revocation (VC-BITSTRING-STATUS-LIST §2.1). */
    take(): JsonObject {
      let index: number;
      do [index] = crypto.getRandomValues(new Uint32Array(1)).map(n => n % LIST_LENGTH) as unknown as [number];
      while (taken.has(index) && taken.size < LIST_LENGTH);
      taken.add(index);
      return {
        id: `${url}#${index}`,
        type: 'BitstringStatusListEntry',
        statusPurpose: 'revocation',
        statusListIndex: String(index),
        statusListCredential: url,
      };
    },
    /** The list as it is now, signed. */
    async publish(now: Date, loader: DocumentLoader): Promise<JsonObject> {
      const list = statusListCredential({
        id: url,
        issuer: issuer.id,
        purpose: 'revocation',
        encodedList: await encodeList(emptyBits()),
        validFrom: now,
        validUntil: new Date(now.getTime() + DAY_MS),
        ttlMs: 300_000,
      });
      return signDocument(list, issuer, { now, loader });
    },
  };
}
