// A process of its own that migrates a database and is killed at one statement. Arguments: FILE FOLDER N (0 is never)
import BetterSqlite3 from 'better-sqlite3';
import { openDatabase } from '../../src/platform/database-node.ts';

const [file, folder, n] = process.argv.slice(2) as [string, string, string];
let statements = 0;
const { prepare } = BetterSqlite3.prototype;
BetterSqlite3.prototype.prepare = function (this: BetterSqlite3.Database, source: string) {
  if (/^\s*(create|insert)/i.test(source) && ++statements === Number(n)) process.kill(process.pid, 'SIGKILL');
  return prepare.call(this, source);
} as typeof prepare;
const db = openDatabase(file);
db.migrate(folder);
process.stdout.write(String(statements));
db.close();
