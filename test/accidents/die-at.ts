// A process of its own that does one thing on a database and is killed at one point of it.
// Arguments: FILE JOB(JSON {kind: 'award'|'revoke'|'renew'|'claim', key, body, id, claim: {path, headers}}) POINT('before:N'|'after:N'|'inside:TABLE'|'answer')
import { sweep } from '../../src/credentials/index.ts';
import { openDatabase } from '../../src/platform/database-node.ts';
import { worldOn } from '../support/world.ts';

const [file, job, point] = process.argv.slice(2) as [string, string, string];
const [where, what] = point.split(':') as [string, string];
const die = () => process.kill(process.pid, 'SIGKILL');

const db = openDatabase(file);
let batches = 0;
const { batch } = db;
db.batch = async statements => {
  batches++;
  if (where === 'before' && batches === Number(what)) die();
  await batch(statements);
  if (where === 'after' && batches === Number(what)) die();
};
if (where === 'inside') {
  db.sqlite.function('die', () => Number(die()));
  db.sqlite.exec(`create temp trigger dies before insert on main.${what} begin select die(); end`);
}

const { kind, key, body, id, claim } = JSON.parse(job) as {
  kind: string;
  key: string;
  body: unknown;
  id: string;
  claim: { path: string; headers: Record<string, string> };
};
const later = new Date(Date.now() + 13 * 3_600_000);
const world = worldOn(db, kind === 'renew' ? { now: () => later } : {});
if (kind === 'renew') await sweep(world.deps);
else if (kind === 'claim') await world.request(claim.path, { method: 'POST', headers: claim.headers });
else {
  const path = kind === 'award' ? '/api/v1/awards' : `/api/v1/awards/${id}/revocation`;
  await world.api(path, { key, body, headers: { 'idempotency-key': 'once' } });
}
if (where === 'answer') die();
process.stdout.write('survived\n');
