/** One JSON line an event. Never a body, a token, a key or an address of a person. */
export interface Log {
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, error: unknown, fields?: Fields): void;
}

type Fields = Record<string, string | number | boolean | undefined>;
export type LogLevel = 'info' | 'warn' | 'error' | 'silent';

const order: Record<LogLevel, number> = { info: 0, warn: 1, error: 2, silent: 3 };

/** A log that writes lines at `level` and above. An error shows its stack, which holds code and no data. */
export function createLog(level: LogLevel, write: (line: string) => void, now: () => Date = () => new Date()): Log {
  const line = (at: LogLevel, event: string, fields: Fields) => {
    if (order[at] >= order[level]) write(JSON.stringify({ at: now().toISOString(), level: at, event, ...fields }));
  };
  return {
    info: (event, fields = {}) => line('info', event, fields),
    warn: (event, fields = {}) => line('warn', event, fields),
    error: (event, error, fields = {}) => line('error', event, { ...fields, error: describe(error) }),
  };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is not an Error was thrown';
  const cause = error.cause instanceof Error ? ` <- ${describe(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
