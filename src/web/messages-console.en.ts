import type { nlConsole } from './messages-console.nl.ts';

/** The same in English. */
export const enConsole: typeof nlConsole = {};
