import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it(
  'D2: killed at any moment, the service loses nothing, gives no index twice and knows all that it signed',
  {
    timeout: 120_000,
  },
  async () => {
    execFileSync(process.execPath, ['scripts/build.mjs']);
    // How fast it is ready is for a quiet machine to say: `npm run crash -- --kills 200`.
    const { stdout } = await promisify(execFile)(process.execPath, [
      'scripts/crash.mjs',
      '--kills',
      '5',
      '--ready',
      '0',
    ]);
    const [figures] = stdout.split('\n');
    expect(JSON.parse(figures!)).toMatchObject({
      ...{ kills: 5, lost: 0, doubleIndex: 0, doubleAward: 0, unknown: 0, reserved: 0, unanswered: 0, unrevoked: 0 },
      ...{ wrongVerdict: 0, audit: 'whole', integrity: 'ok' },
    });
  },
);
