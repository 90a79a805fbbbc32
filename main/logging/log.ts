export type LogLevel = 'info' | 'warn' | 'error';

/** Plain facts beside a message. Never the text of a memory: logs are what people attach to reports. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Where every part of main writes what it does. Passed in by constructor; there is no global one. */
export interface Log {
  info(message: string, facts?: LogFacts): void;
  warn(message: string, facts?: LogFacts): void;
  error(message: string, error?: unknown, facts?: LogFacts): void;
}

/** For tests and tools that want no log. */
export const silentLog: Log = { info() {}, warn() {}, error() {} };
