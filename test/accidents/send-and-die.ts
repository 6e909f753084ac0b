// A process of its own that sends the letters of a database and is killed at one point of it.
// Arguments: FILE SMTP-PORT POINT('leased'|'handed-over'|'recorded')
import { sendLetters } from '../../src/jobs/index.ts';
import { openDatabase } from '../../src/platform/database-node.ts';
import { smtpMailer } from '../../src/platform/mail-node.ts';
import { worldOn } from '../support/world.ts';

const [file, port, point] = process.argv.slice(2) as [string, string, string];
const die = () => process.kill(process.pid, 'SIGKILL');

const db = openDatabase(file);
const { batch } = db;
let batches = 0;
db.batch = async statements => {
  batches++;
  // The lease is the first, the record the second.
  if (point === 'handed-over' && batches === 2) die();
  await batch(statements);
  if ((point === 'leased' && batches === 1) || (point === 'recorded' && batches === 2)) die();
};
const mailer = smtpMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from: 'Waarmerk <noreply@waarmerk.example>' });
await sendLetters(worldOn(db, { mailer }).deps);
process.stdout.write('survived\n');
