// What taking a whole portfolio along and putting it back elsewhere costs: time, and memory beside what is held anyway.
// Usage: npm run portfolio -- [--experiences 200] [--files 100] [--mb 10]
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { addFile, openOwn, storeEvidence, addExperience } from '../../src/portfolio/index.ts';
import { chunksOf } from '../../src/platform/multipart.ts';
import { packPortfolio, storePackage, unpackPortfolio } from '../../src/privacy/index.ts';
import { createWorld } from '../support/create-world.ts';
import { wav } from '../support/files.ts';
import { createPerson } from '../support/people.ts';
import type { SignedIn } from '../../src/platform/context.ts';

export interface PortfolioCost {
  megabytes: number;
  out: { seconds: number; rss: number };
  in: { seconds: number; rss: number };
  equal: boolean;
}

const mega = (bytes: number) => Math.round(bytes / 1e6);

/** The most memory that was held while something ran, beside what was held before it, in MB. */
async function watched<T>(work: () => Promise<T>) {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
  const start = performance.now();
  try {
    const result = await work();
    return { result, seconds: (performance.now() - start) / 1_000, rss: mega(most - before) };
  } finally {
    clearInterval(timer);
  }
}

const world = () => createWorld();
type World = ReturnType<typeof world>;

const signIn = async (at: World): Promise<SignedIn> => {
  const { id, sessionId, identityId } = await createPerson(at);
  return { id: sessionId, person: id, identity: identityId, provider: null, provenAt: '', language: 'nl' };
};

/** What a portfolio holds, by what it says and the hashes of its files. */
const heldIn = ({ db }: World): string => {
  const rows = (sql: string) => JSON.stringify(db.sqlite.prepare(sql).all());
  const told = rows('select kind, title, story, answers, created_at from experiences order by title');
  const shown = 'select e.title, f.name, f.size, f.sha256 from evidence e join files f on f.id = e.file_id';
  return told + rows(`${shown} order by f.sha256, e.title`);
};

/** Fills a portfolio, takes it along to a file, and puts that back at another service. */
export async function measurePortfolio(size: {
  experiences: number;
  files: number;
  mb: number;
}): Promise<PortfolioCost> {
  const [here, there] = [world(), world()];
  const folder = await mkdtemp(join(tmpdir(), 'portfolio-'));
  try {
    const session = await signIn(here);
    await fill(here, session, size);
    const zip = join(folder, 'portfolio.zip');
    const out = await watched(async () =>
      pipeline(Readable.fromWeb((await packPortfolio(here.deps, session)) as never), createWriteStream(zip)),
    );
    const other = await signIn(there);
    const back = await watched(async () => {
      const bytes = chunksOf(Readable.toWeb(createReadStream(zip)) as ReadableStream<Uint8Array>);
      const stored = await storePackage(there.deps, other, { field: 'zip', name: 'portfolio.zip', bytes });
      return unpackPortfolio(there.deps, other, stored);
    });
    const plain = ({ seconds, rss }: { seconds: number; rss: number }) => ({ seconds, rss });
    return {
      megabytes: mega((await stat(zip)).size),
      out: plain(out),
      in: plain(back),
      equal: back.result.experiences === size.experiences && heldIn(here) === heldIn(there),
    };
  } finally {
    here.db.close();
    there.db.close();
    await rm(folder, { recursive: true });
  }
}

async function fill(
  { deps }: World,
  session: SignedIn,
  { experiences, files, mb }: Parameters<typeof measurePortfolio>[0],
) {
  const holder = await openOwn(deps, session);
  const ids: string[] = [];
  for (let n = 0; n < experiences; n++) {
    const title = `Ervaring ${String(n).padStart(3, '0')}`;
    const more = { kind: 'informal', context: null, periodFrom: null, periodTo: null, answers: {} } as const;
    ids.push(await addExperience(deps, holder, { ...more, title, story: 'Wat ik deed. '.repeat(100) }));
  }
  for (let n = 0; n < files; n++) {
    // A sound that packs no smaller: its head, and noise.
    const sound = wav(new Uint8Array(Math.floor(mb * 1e6) - 44));
    for (let at = 44; at < sound.length; at += 65_536) crypto.getRandomValues(sound.subarray(at, at + 65_536));
    const bytes = (async function* () {
      yield sound;
    })();
    const file = await storeEvidence(deps, holder, { field: 'file', name: `opname ${n}.wav`, bytes });
    await addFile(deps, holder, ids[n % ids.length]!, { use: 'evidence', title: `Opname ${n}`, file });
  }
}

if (!process.env.VITEST) {
  const { values } = parseArgs({
    options: {
      experiences: { type: 'string', default: '200' },
      files: { type: 'string', default: '100' },
      mb: { type: 'string', default: '10' },
    },
  });
  const cost = await measurePortfolio({
    experiences: Number(values.experiences),
    files: Number(values.files),
    mb: Number(values.mb),
  });
  const told = ({ seconds, rss }: PortfolioCost['out']) => `${seconds.toFixed(1)} s, ${rss} MB of memory more`;
  console.log(`${values.experiences} experiences, ${cost.megabytes} MB as a ZIP`);
  console.log(`out  ${told(cost.out)}`);
  console.log(`in   ${told(cost.in)}`);
  console.log(cost.equal ? 'equal' : 'NOT EQUAL');
  process.exitCode = cost.equal ? 0 : 1;
}
