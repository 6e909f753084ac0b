import { Worker } from 'node:worker_threads';
import { DomainError } from './errors.ts';

interface ThreadOptions {
  /** Milliseconds that one task may take; then the thread is ended, and another is started for the next. */
  timeoutMs: number;
  /** Tasks that may wait; one more is refused. */
  queue: number;
  /** Megabytes that the thread may hold. */
  memoryMb: number;
}

interface Task {
  input: unknown;
  settle: (outcome: { answer: unknown } | { failed: 'timeout' | 'died' }) => void;
}

/**
 * One thread that does one task after another, started when it is first needed. Whatever a task does to it, the process
 * and the tasks behind it go on.
 */
export function createThread(file: string, { timeoutMs, queue, memoryMb }: ThreadOptions) {
  const waiting: Task[] = [];
  let worker: Worker | undefined;
  let current: Task | undefined;
  let timer: NodeJS.Timeout | undefined;

  const next = () => {
    current = waiting.shift();
    if (!current) return worker?.unref();
    worker ??= start();
    worker.ref();
    timer = setTimeout(() => end('timeout'), timeoutMs);
    worker.postMessage(current.input);
  };
  const settle = (outcome: Parameters<Task['settle']>[0]) => {
    clearTimeout(timer);
    const done = current;
    current = undefined;
    done?.settle(outcome);
    next();
  };
  const end = (failed: 'timeout' | 'died') => {
    const dead = worker;
    worker = undefined;
    void dead?.terminate();
    settle({ failed });
  };
  const start = () => {
    const fresh = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: memoryMb } });
    fresh.on('message', answer => fresh === worker && settle({ answer }));
    fresh.on('error', () => fresh === worker && end('died'));
    fresh.on('exit', () => fresh === worker && end('died'));
    return fresh;
  };

  return {
    /**
     * Resolves to the answer of the thread; undefined when the task took too long or too much memory.
     * @throws DomainError `too-busy` when too many wait
     */
    run(input: unknown): Promise<unknown> {
      if (waiting.length >= queue)
        throw new DomainError('too-busy', 'Too many large documents wait to be read. Try again shortly.');
      return new Promise(resolve => {
        waiting.push({ input, settle: outcome => resolve('answer' in outcome ? outcome.answer : undefined) });
        if (!current) next();
      });
    },
    /** How many tasks there are, the running one among them. */
    size: () => waiting.length + (current ? 1 : 0),
  };
}
