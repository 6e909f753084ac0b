// A portfolio as one file, read to be compared.
import { unzipSync } from 'fflate';
import { createHash } from 'node:crypto';

// What a package holds is looked at as it is.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = Record<string, any>;

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** What a portfolio says, without the numbers that a service gives to things. */
export function saidIn(zip: Uint8Array) {
  const entries = unzipSync(zip);
  const { portfolio, experiences, goals, references, badges } = JSON.parse(
    new TextDecoder().decode(entries['portfolio.json']),
  ) as Json;
  const titles = new Map(experiences.map((e: Json) => [e.id, e.title]));
  const hash = (file: Json | null) => file && [file.name, hashOf(entries[file.path]!)];
  const plain = ({ id: _, file, ...rest }: Json) => ({
    ...rest,
    ...(file === undefined ? {} : { file: hash(file) }),
  });
  return {
    portfolio,
    experiences: experiences.map((e: Json) => ({ ...plain(e), evidence: e.evidence.map(plain) })),
    goals: goals.map(plain),
    references: references.map((r: Json) => ({ ...plain(r), experienceId: titles.get(r.experienceId) ?? null })),
    badges: badges.map((b: Json) => hashOf(entries[b.path]!)).sort(),
  };
}
