import { env } from 'cloudflare:workers';
import { openD1 } from '../../../src/platform/database-d1.ts';
import { storageContract } from '../../contract/contract.ts';

storageContract('D1 in workerd', async () => openD1(env.DB));
