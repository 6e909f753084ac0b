/** The Dutch sentences of the console of an institution, at B1. The English table has the same keys. */
export const nlConsole = {};
