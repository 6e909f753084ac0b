import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createThread } from '../../src/platform/thread-node.ts';

const file = join(mkdtempSync(join(tmpdir(), 'thread-')), 'task.mjs');
writeFileSync(
  file,
  `import { parentPort } from 'node:worker_threads';
   parentPort.on('message', task => {
     if (task === 'hang') for (;;);
     if (task === 'die') process.exit(1);
     if (task === 'throw') throw new Error('no');
     if (task === 'eat') { const held = []; for (;;) held.push(new Array(1e6).fill(held)); }
     parentPort.postMessage(task * 2);
   });`,
);
const make = (over = {}) => createThread(file, { timeoutMs: 300, queue: 3, memoryMb: 64, ...over });

describe('a thread', () => {
  it('does one task after another', async () => {
    const thread = make();
    expect(await Promise.all([1, 2, 3].map(n => thread.run(n)))).toEqual([2, 4, 6]);
    expect(thread.size()).toBe(0);
  });

  it('V20, V30: a task that hangs, throws, ends the thread or eats its memory is given up, and the next is done', async () => {
    const thread = make({ timeoutMs: 3_000 });
    for (const bad of ['throw', 'die', 'eat']) {
      const both = [thread.run(bad), thread.run(4)];
      expect(await Promise.all(both)).toEqual([undefined, 8]);
    }
    const impatient = make();
    expect(await impatient.run(5)).toBe(10);
    const started = performance.now();
    expect(await Promise.all([impatient.run('hang'), impatient.run(6)])).toEqual([undefined, 12]);
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it('V29: refuses more than may wait, and the event loop goes on meanwhile', async () => {
    const thread = make({ timeoutMs: 500 });
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    const running = ['hang', 1, 2, 3].map(task => thread.run(task));
    expect(() => thread.run(4)).toThrow('too-busy');
    expect(await Promise.all(running)).toEqual([undefined, 2, 4, 6]);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(20);
  });
});
