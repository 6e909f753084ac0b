import { createWorld } from '../support/create-world.ts';
import { storageContract } from './contract.ts';

// On D1 it runs in workerd: `test/runtime/workerd/storage.test.ts`.
storageContract('better-sqlite3', async () => createWorld().db);
