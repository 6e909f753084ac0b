import { expect, it } from 'vitest';
import { settled } from '../support/batches.ts';
import { createWorld } from '../support/create-world.ts';

it('a batch is not taken in when too much lies here, or too many; those at the same moment are counted too', async () => {
  const full = createWorld();
  const send = () =>
    full.api('/api/v1/verification-batches', { body: { inputs: [{ credential: 'a' }, { credential: 'b' }] } });
  const begun = await send();
  await settled(full, begun.json.id);
  const leave = (bytes: number) =>
    full.db.sqlite.prepare('update verification_rows set input = hex(zeroblob(? / 2))').run(bytes);
  const insert = full.db.sqlite.prepare(
    `insert into verification_batches (id, language, total, created_at, expires_at) values (?, 'nl', 0, '', '9')`,
  );
  leave(32_000_000);
  const refused = await send();
  expect([refused.status, refused.json.code, refused.headers.get('retry-after')]).toEqual([503, 'too-busy', '60']);
  leave(0);
  for (let i = 0; i < 297; i++) insert.run(`${i}`);
  const answers = await Promise.all([1, 2, 3].map(send));
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 503]);
});
