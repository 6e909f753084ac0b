import { canonizeDataset, type Dataset, toDataset, toDatasetByLibrary } from '../../src/vc/canonize.ts';
import { VcError } from '../../src/vc/errors.ts';
import { withoutProof } from '../../src/vc/verify-proofs.ts';
import type { Json } from '../support/badges.ts';
import { createWorld } from '../support/create-world.ts';
import { contain } from './containers.ts';
import { mutations } from './mutations.ts';
import { type Random, randomOf } from './random.ts';
import { badgesOf, issuerOfLists, listOf, otherProofs, type Subject } from './subjects.ts';
import { textMutations } from './text-mutations.ts';
import { mayBeValid, mutateToken, type Token, tokensOf } from './tokens.ts';

export type Finding = { case: number; seed: number; what: string; steps: string; detail: string };
export type FuzzResult = {
  cases: number;
  badges: number;
  lists: number;
  tokens: number;
  /** Pictures, PDFs, QR codes and lists with badges in them. */
  containers: number;
  /** How often the service answered what: a verdict, or a status with its code. */
  answers: Record<string, number>;
  slowestMs: number;
  findings: Finding[];
};

const SLOW_MS = 2_000;

type Mutant = { text: string | Uint8Array; steps: string[] };

/**
 * Changes good badges and status lists at random and hands them to the real app. A finding is: an exception, a 5xx, an
 * answer after two seconds, a template that reads otherwise than the library, or a `valid` for (or a display of)
 * anything but the statements and the signature of the original. The same `seed` and case number give the same mutant.
 */
export async function fuzz({ n, seed, only }: { n: number; seed: number; only?: number }): Promise<FuzzResult> {
  const other = await otherProofs();
  const network = new Map<string, Uint8Array | string>([await issuerOfLists(), ...other.answers]);
  const world = createWorld({ network });
  const subjects = [...(await badgesOf(world)), ...other.subjects];
  const tokens = await tokensOf(Date.now());
  const result: FuzzResult = {
    cases: 0,
    badges: 0,
    lists: 0,
    tokens: 0,
    containers: 0,
    answers: {},
    slowestMs: 0,
    findings: [],
  };

  for (let number = 0; number < n; number++) {
    if (only !== undefined && number !== only) continue;
    const random = randomOf(seed * 1_000_003 + number);
    const steps: string[] = [];
    const report = (what: string, detail: unknown) =>
      result.findings.push({
        case: number,
        seed,
        what,
        steps: steps.join(' '),
        detail: String(detail).slice(0, 2_000),
      });
    try {
      const kind = random.below(6);
      if (kind === 5) {
        result.containers++;
        await tryContainer(number, random);
      } else if (kind === 1) {
        result.tokens++;
        await tryToken(random.pick(tokens), random);
      } else if (kind === 0) {
        result.lists++;
        await tryList(number, random);
      } else {
        result.badges++;
        await tryBadge(random.pick(subjects), random);
      }
    } catch (error) {
      report('exception', (error as Error).stack);
    }
    result.cases++;

    async function tryBadge(subject: Subject, random: Random): Promise<void> {
      const mutant = mutate(subject.document, random);
      steps.push(subject.name, ...mutant.steps);
      // Twice, since the second document of a shape is read in another way than the first.
      await post(mutant, subject.document, subject.good);
      const document = parsed(mutant.text);
      if (!document) return;
      await compareReadings(withoutProof(document));
      for (const proof of [document.proof].flat()) {
        const { proofValue: _, ...config } = typeof proof === 'object' && proof !== null ? (proof as Json) : {};
        await compareReadings({ '@context': document['@context'], ...config });
      }
      await post(mutant, subject.document, subject.good);
      if (random.below(4) === 0) await page(mutant.text);
    }

    async function tryList(place: number, random: Random): Promise<void> {
      const revoked = random.below(2) === 1;
      const { url, list, badge } = await listOf(place, revoked);
      const mutant = mutate(list, random);
      steps.push(revoked ? 'list with the bit' : 'list', ...mutant.steps);
      network.set(url, mutant.text);
      const answer = await ask(JSON.stringify({ credential: badge }));
      network.delete(url);
      if (answer?.verdict !== 'valid') return;
      const document = parsed(mutant.text);
      if (revoked || !document || !(await sameStatements(document, list))) report('valid', JSON.stringify(document));
    }

    async function tryToken(token: Token, random: Random): Promise<void> {
      const mutant = mutateToken(token.compact, random);
      steps.push(token.name, ...mutant.steps);
      const answer = await ask(JSON.stringify({ credential: mutant.text }));
      if (answer?.verdict === 'valid' && !(token.good && mayBeValid(mutant.text, token.compact)))
        report('valid', mutant.text);
      if (random.below(4) === 0) await page(mutant.text);
    }

    async function tryContainer(place: number, random: Random): Promise<void> {
      const originals = [random.pick(subjects), random.pick(subjects)].slice(0, 1 + random.below(2));
      const badges = originals.map(({ document }) =>
        random.below(2) ? JSON.stringify(document) : asText(mutate(document, random).text),
      );
      const { bytes, steps: made, answers } = contain(badges, random, `https://fuzz.example/badge/${place}`);
      steps.push(...originals.map(({ name }) => name), ...made);
      for (const [url, content] of answers) network.set(url, content);
      const form = new FormData();
      form.set('file', new File([new Uint8Array(bytes)], 'badge'));
      const query = random.below(2) ? `?choice=${random.below(3)}` : '';
      const answer = await send(() => world.request(`/api/v1/verifications${query}`, { method: 'POST', body: form }));
      if (random.below(4) === 0) await page(bytes);
      for (const [url] of answers) network.delete(url);
      if (answer?.verdict !== 'valid') return;
      const shown = answer.credential as Json;
      const same = await Promise.all(originals.map(({ document, good }) => good && sameStatements(shown, document)));
      if (!same.includes(true)) report('valid', JSON.stringify(shown));
    }

    async function post({ text }: Mutant, original: Json, good: boolean): Promise<void> {
      const answer = await ask(inBody(text));
      if (answer?.verdict !== 'valid') return;
      const document = parsed(text);
      if (!good || !document || !(await sameStatements(document, original))) {
        return void report('valid', JSON.stringify(document));
      }
      const shown = answer.credential as Json;
      if (!(await sameStatements(shown, original))) report('shown', JSON.stringify(shown));
    }

    function ask(body: string | Uint8Array) {
      return send(() =>
        world.request('/api/v1/verifications', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: typeof body === 'string' ? body : new Uint8Array(body),
        }),
      );
    }

    async function send(
      request: () => Response | Promise<Response>,
    ): Promise<{ verdict?: string; credential?: unknown } | undefined> {
      const start = performance.now();
      const response = await request();
      const answer = (await response.json()) as { verdict?: string; code: string; credential?: unknown };
      const ms = performance.now() - start;
      result.slowestMs = Math.max(result.slowestMs, ms);
      const told = answer.verdict ?? `${response.status} ${answer.code}`;
      result.answers[told] = (result.answers[told] ?? 0) + 1;
      if (response.status >= 500) report('server error', `${told} ${world.lines.at(-1)}`);
      if (ms > SLOW_MS) report('slow', `${Math.round(ms)} ms`);
      return response.status === 200 ? answer : undefined;
    }

    /** The same check as a page: it has to come, and nothing in it may be run. */
    async function page(text: string | Uint8Array): Promise<void> {
      const form = new FormData();
      form.set('file', new File([typeof text === 'string' ? text : new Uint8Array(text)], 'badge.json'));
      const response = await world.request('/verify', { method: 'POST', body: form, headers: { accept: 'text/html' } });
      const html = await response.text();
      if (response.status >= 500) report('server error', `page ${response.status} ${world.lines.at(-1)}`);
      const run =
        /<(script(?! type="module" src="\/assets\/[\w-]+\.js"><\/script>)|img src=x|iframe|object|embed|base)|\son\w+=[^&]*>|(href|src|action)="\s*(javascript|data:text)/i;
      const found = run.exec(html);
      if (found) report('runs', html.slice(Math.max(0, found.index - 200), found.index + 200));
    }

    async function compareReadings(document: object): Promise<void> {
      const [ours, library] = [await reading(document, toDataset), await reading(document, toDatasetByLibrary)];
      if (ours !== library) report('reading', `${ours}\n--- library:\n${library}\n--- ${JSON.stringify(document)}`);
    }
  }
  return result;
}

function mutate(original: Json, random: Random): Mutant {
  const document = structuredClone(original);
  const steps: string[] = [];
  if (random.below(5) > 0) {
    for (let left = 1 + random.below(3); left > 0; left--) {
      const name = random.pick(Object.keys(mutations));
      mutations[name]!(document, random);
      steps.push(name);
    }
  }
  const text = JSON.stringify(document);
  if (steps.length > 0 && random.below(10) > 0) return { text, steps };
  const name = random.pick(Object.keys(textMutations));
  return { text: textMutations[name]!(text, random), steps: [...steps, name] };
}

const asText = (text: string | Uint8Array): string =>
  typeof text === 'string' ? text : new TextDecoder().decode(text);

/** The text as the member `credential` of a request, byte for byte. */
function inBody(text: string | Uint8Array): string | Uint8Array {
  if (typeof text === 'string') return `{"credential":${text}}`;
  return Buffer.concat([Buffer.from('{"credential":'), text, Buffer.from('}')]);
}

function parsed(text: string | Uint8Array): Json | undefined {
  try {
    const value = JSON.parse(typeof text === 'string' ? text : new TextDecoder('utf-8', { fatal: true }).decode(text));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether the library, and nothing of ours, reads the same statements, under signatures of the original and no others.
 */
async function sameStatements(changed: Json, original: Json): Promise<boolean> {
  const statements = (document: Json) => reading(withoutProof(document), toDatasetByLibrary);
  const values = (document: Json) => [document.proof].flat().map(proof => (proof as Json | undefined)?.proofValue);
  // Whoever says the same thing twice, or by one proof of two, has still said it.
  const signed = values(changed).every(value => values(original).includes(value));
  return signed && (await statements(changed)) === (await statements(original));
}

async function reading(document: object, read: (document: object) => Promise<Dataset>): Promise<string> {
  try {
    return await canonizeDataset(await read(document));
  } catch (error) {
    // Which of several defects is named first is no difference.
    if (error instanceof VcError) return 'refused';
    throw error;
  }
}
