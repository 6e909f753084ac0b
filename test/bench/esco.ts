// ESCO's full list of skills, by shape and size: how long its import takes at the command line, how much memory, and how
// long a search as one types.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { searchOutcomes } from '../../src/catalogue/index.ts';
import { openDatabase } from '../../src/platform/database-node.ts';
import { skillsCsv } from '../support/esco.ts';

/** As many as ESCO v1.2 has. */
const SKILLS = 13_939;
const TRIES = 15;

export interface EscoFigures {
  rows: number;
  seconds: number;
  againSeconds: number;
  peakMb: number;
  search: { text: string; p50: number; max: number }[];
}

export async function measureEsco(): Promise<EscoFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'esco-'));
  try {
    const files = (['nl', 'en'] as const).map(language => {
      const path = join(folder, `skills_${language}.csv`);
      writeFileSync(path, skillsCsv(language, { rows: SKILLS }));
      return path;
    });
    const first = await importOnce(folder, files);
    const second = await importOnce(folder, files);
    const { added, changed, retired } = second.outcomes;
    if (first.outcomes.added !== SKILLS || added + changed + retired)
      throw new Error('the import is not what it should be');
    return {
      rows: 2 * SKILLS,
      seconds: first.seconds,
      againSeconds: second.seconds,
      peakMb: Math.max(first.peakMb, second.peakMb),
      search: await search(join(folder, 'bench.db')),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `waarmerk framework import`, in a process of its own, watched for its memory where the system tells it. */
async function importOnce(folder: string, files: string[]) {
  const from = performance.now();
  const child = spawn(process.execPath, ['dist/cli.js', 'framework', 'import', '--json', ...files], {
    env: { ...process.env, DATABASE: `file:${join(folder, 'bench.db')}`, FILES: `file:${join(folder, 'files')}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let peakMb = 0;
  const watch = setInterval(() => (peakMb = Math.max(peakMb, memoryOf(child.pid!))), 20);
  let told = '';
  for await (const chunk of child.stdout) told += chunk;
  clearInterval(watch);
  const { outcomes } = JSON.parse(told) as { outcomes: { added: number; changed: number; retired: number } };
  return { seconds: (performance.now() - from) / 1_000, peakMb, outcomes };
}

/** The most that a process has held, in MB; 0 where `/proc` does not tell. */
function memoryOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_000;
  } catch {
    return 0;
  }
}

async function search(file: string): Promise<EscoFigures['search']> {
  const db = openDatabase(file);
  const figures: EscoFigures['search'] = [];
  for (const text of ['m', 'ma', 'machines', 'machines plannen 1', 'coach clie', 'zzz']) {
    const times: number[] = [];
    for (let i = 0; i < TRIES; i++) {
      const from = performance.now();
      await searchOutcomes(db, { text, language: 'nl', limit: 20 });
      times.push(performance.now() - from);
    }
    times.sort((a, b) => a - b);
    figures.push({ text, p50: times[TRIES >> 1]!, max: times.at(-1)! });
  }
  db.close();
  return figures;
}
