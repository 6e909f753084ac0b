import { decodeBase64url } from '../vc/bytes.ts';
import type { SharePart } from './share-links.ts';

/** Members of the subject that go with a part; what tells whose badge it is goes with the name. */
const MEMBERS: Record<SharePart, readonly string[]> = {
  name: ['id', 'identifier'],
  results: ['result', 'creditsEarned'],
  evidence: [],
  narrative: ['narrative'],
};

/**
 * A copy as SD-JWT of ours without the disclosures of the parts that its holder leaves out (RFC 9901 §5): what is gone is
 * nowhere in it, and the rest is signed as before.
 */
export function withoutParts(sdJwt: string, without: readonly SharePart[]): string {
  const [jwt = '', ...disclosures] = sdJwt.split('~').filter(Boolean);
  const kept = disclosures.filter(text => {
    const [, ...said] = JSON.parse(new TextDecoder().decode(decodeBase64url(text))) as unknown[];
    return said.length === 2
      ? !without.some(part => MEMBERS[part].includes(String(said[0])))
      : !isLeftOut(said[0] as { genre?: string; narrative?: string }, without);
  });
  return [jwt, ...kept, ''].join('~');
}

/** On what basis it was decided and how the holder was known is no evidence of theirs; the latter may tell their key. */
function isLeftOut(
  { genre, narrative }: { genre?: string; narrative?: string },
  without: readonly SharePart[],
): boolean {
  if (genre === 'Decision') return false;
  if (genre === 'Identity') return without.includes('name') && (narrative ?? '').includes('did:');
  return without.includes('evidence');
}
