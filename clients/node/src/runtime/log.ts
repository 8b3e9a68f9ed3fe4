import { readEnv } from './platform.js';

/** Where log lines go; `console` is one. */
export interface Logger {
  debug(message: string, ...details: unknown[]): void;
  info(message: string, ...details: unknown[]): void;
  warn(message: string, ...details: unknown[]): void;
  error(message: string, ...details: unknown[]): void;
}

export type LogLevel = 'off' | 'error' | 'warn' | 'info' | 'debug';

const LEVELS: readonly LogLevel[] = ['off', 'error', 'warn', 'info', 'debug'];

/** The level named by an environment variable; `warn` when it is unset or names none. */
export function levelFromEnv(variable: string): LogLevel {
  const named = readEnv(variable)?.toLowerCase() as LogLevel | undefined;
  return named !== undefined && LEVELS.includes(named) ? named : 'warn';
}

/** `logger`, silent above `level`. */
export function leveled(logger: Logger, level: LogLevel): Logger {
  const limit = LEVELS.indexOf(level);
  const gate = (of: Exclude<LogLevel, 'off'>): Logger['debug'] =>
    LEVELS.indexOf(of) <= limit ? (message, ...details) => logger[of](message, ...details) : () => {};
  return { debug: gate('debug'), info: gate('info'), warn: gate('warn'), error: gate('error') };
}

/** What says of a header or a query member that it holds a secret. */
const SECRET = /key|token|secret|password|credential|authorization|cookie/i;

/** Whether a header may hold a secret: it is one that the API names, or its name says so. */
export function isSecretHeader(name: string, secretHeaders: readonly string[]): boolean {
  if (name.toLowerCase() === 'idempotency-key') return false;
  return SECRET.test(name) || secretHeaders.some((secret) => secret.toLowerCase() === name.toLowerCase());
}

/** A URL without its user and the values of query members whose names tell of secrets. */
export function shownURL(url: string): string {
  return url
    .replace(/\/\/[^/?#@]*@/, '//***@')
    .replace(/([?&])([^=&#]*)=[^&#]*/g, (pair, mark: string, name: string) =>
      SECRET.test(name) ? `${mark}${name}=***` : pair,
    );
}

/** Headers as a plain object that may be logged: secrets read `***`. */
export function redacted(headers: Headers, secretHeaders: readonly string[]): Record<string, string> {
  const shown: Record<string, string> = {};
  headers.forEach((value, name) => {
    shown[name] = isSecretHeader(name, secretHeaders) ? '***' : value;
  });
  return shown;
}
