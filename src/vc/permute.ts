import { concat } from './bytes.ts';
import { LIST_LENGTH } from './status-list.ts';

// NIST SP 800-38G takes 10 rounds for a Feistel network on a small domain.
const ROUNDS = 10;

/**
 * The `counter`-th place of a keyed permutation of 0..length-1: every place exactly once, in an order that tells nothing
 * without the 32-byte key (VC-BITSTRING-STATUS-LIST §6.1, "Herd Privacy": indexes must not show who came after whom).
 * A Feistel network, walked until it lands inside the range. Throws a RangeError outside the range.
 */
export async function permute(key: Uint8Array, counter: number, length: number = LIST_LENGTH): Promise<number> {
  if (key.length !== 32) throw new RangeError('the key has 32 bytes');
  if (!Number.isSafeInteger(counter) || counter < 0 || counter >= length) throw new RangeError('not in the list');
  const halfBits = Math.max(1, Math.ceil(Math.log2(length) / 2));
  const rounds = await rememberedRounds(key, 2 ** halfBits);
  const mask = 2 ** halfBits - 1;
  let place = counter;
  do {
    let [left, right] = [place >> halfBits, place & mask];
    for (const round of rounds) [left, right] = [right, left ^ (round[right]! & mask)];
    place = left * 2 ** halfBits + right;
  } while (place >= length);
  return place;
}

/** Lists that are filled at the same time, and so many tables of 20 kB. */
const MOST_REMEMBERED = 50;
const remembered = new Map<string, Uint32Array[]>();

/** The tables cost about as much as a signature, and a list is filled by one key. */
async function rememberedRounds(key: Uint8Array, size: number): Promise<Uint32Array[]> {
  const name = `${size} ${key.join()}`;
  // What is kept is no promise: a Worker does not wait for one of another request.
  const rounds = remembered.get(name) ?? (await roundFunctions(key, size));
  remembered.delete(name);
  remembered.set(name, rounds);
  if (remembered.size > MOST_REMEMBERED) remembered.delete(remembered.keys().next().value!);
  return rounds;
}

/** A random function for each round, as a table: halves are small, and one call to AES-256-CTR makes them all. */
async function roundFunctions(key: Uint8Array, size: number): Promise<Uint32Array[]> {
  const aes = await crypto.subtle.importKey('raw', concat(key), 'AES-CTR', false, ['encrypt']);
  const counter = { name: 'AES-CTR', counter: new Uint8Array(16), length: 64 };
  const stream = new DataView(await crypto.subtle.encrypt(counter, aes, new Uint8Array(ROUNDS * size * 4)));
  const word = (round: number) => (_: unknown, input: number) => stream.getUint32((round * size + input) * 4);
  return Array.from({ length: ROUNDS }, (_, round) => Uint32Array.from({ length: size }, word(round)));
}
