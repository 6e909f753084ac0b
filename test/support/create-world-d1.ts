import { env } from 'cloudflare:workers';
import { openD1 } from '../../src/platform/database-d1.ts';
import { type WorldOptions, worldOn } from './world.ts';

/** A world on D1, in workerd. Worlds of one test file share its database. */
export const createWorld = (options: WorldOptions = {}) => worldOn(openD1(env.DB), options);
