/** Where calls go: the server that was chosen, with its variables filled in. */

import { APIError } from './errors.js';
import type { ClientOptions } from './options.js';
import { readEnv } from './platform.js';

/** A part of a server's URL that users may choose. */
export interface ServerVariable {
  /** The end of its environment variable's name. */
  readonly env: string;
  readonly default?: string;
  /** All values that are allowed; without it, any. */
  readonly values?: readonly string[];
}

/** A documented server: what it is chosen by, and its URL with `{variables}`. */
export interface ServerSpec {
  readonly name: string;
  readonly url: string;
  readonly variables?: Readonly<Record<string, ServerVariable>>;
}

/** What the API's description tells of servers. */
export interface ServersSpec {
  /** To choose from; the first one without a choice. */
  readonly choices?: readonly ServerSpec[];
  /** Those of single calls, by what the calls name as theirs. */
  readonly own?: Readonly<Record<string, readonly ServerSpec[]>>;
}

/** What was chosen. */
export interface Place {
  /** Where calls go; empty when nothing says it. */
  readonly baseURL: string;
  /** Whether that is the API's own address, so that calls with servers of their own go there. */
  readonly isOwn: boolean;
  /** The URL of a call's own server. Throws for a variable without a value. */
  readonly ownServer: (server: string) => string;
}

type Values = ReadonlyMap<string, string>;

/**
 * Where the calls of a client go. Options come before the environment, in which `<PREFIX>_BASE_URL` comes before the rest.
 * Throws for a server or variable that there is not, a value that is not allowed, a variable without one, and for a base URL
 * beside a choice that it makes void.
 */
export function choosePlace(
  servers: ServersSpec,
  options: ClientOptions,
  defaultURL: string,
  envPrefix: string,
): Place {
  const variables = new Map<string, string>();
  for (const [name, value] of Object.entries(options.serverVariables ?? {}))
    if (value) variables.set(name, value);
  const { server } = options;
  if (options.baseURL && server) throw new APIError('give either baseURL or server, not both');
  const isChosen = server !== undefined || variables.size > 0;
  const given = options.baseURL ?? (isChosen ? undefined : readEnv(`${envPrefix}_BASE_URL`));
  const chosen = given === undefined ? named(servers.choices ?? [], server, envPrefix) : undefined;
  const name = chosen?.name ?? '';
  const beside = Object.values(servers.own ?? {}).map((listed) => pick(listed, name));
  // A base URL stands in for all servers but those that are relative to it.
  const reached =
    given === undefined
      ? [...(chosen ? [chosen] : []), ...beside]
      : beside.filter((one) => !one.url.includes('://'));
  refuseUnknown(variables, reached, given === undefined ? [] : [...(servers.choices ?? []), ...beside]);
  const values = valuesOf(variables, reached, chosen, envPrefix);
  const defaulted = chosen ? filled(chosen, values, envPrefix) : defaultURL;
  const baseURL = given ?? defaulted;
  return {
    baseURL,
    isOwn: trimmed(baseURL) === trimmed(defaulted),
    ownServer: (key) => {
      const listed = servers.own?.[key];
      return listed ? filled(pick(listed, name), values, envPrefix) : key;
    },
  };
}

function named(
  choices: readonly ServerSpec[],
  server: string | undefined,
  envPrefix: string,
): ServerSpec | undefined {
  const wanted = server ?? (choices.length > 0 ? readEnv(`${envPrefix}_SERVER`) : undefined);
  if (!wanted) return choices[0];
  const found = choices.find((one) => one.name === wanted);
  if (found) return found;
  const known = choices.map((one) => `'${one.name}'`).join(', ') || 'none to choose';
  const source = server === undefined ? `${envPrefix}_SERVER` : 'server';
  throw new APIError(`${source}: '${wanted}' is no server of the API; it has ${known}`);
}

function pick(listed: readonly ServerSpec[], name: string): ServerSpec {
  const found = listed.find((one) => one.name === name) ?? listed[0];
  if (found === undefined) throw new APIError('a call has no server');
  return found;
}

function refuseUnknown(given: Values, reached: readonly ServerSpec[], void_: readonly ServerSpec[]): void {
  for (const name of given.keys()) {
    if (reached.some((one) => variableOf(one, name))) continue;
    if (void_.some((one) => variableOf(one, name))) {
      throw new APIError(`give either baseURL or serverVariables for '${name}', not both`);
    }
    const told = reached
      .filter((one) => one.variables)
      .map((one) => `'${one.url}' (it has ${Object.keys(one.variables ?? {}).join(', ')})`);
    const known = [...new Set(told)].join(', or of ') || "the API's servers; they have none";
    throw new APIError(`serverVariables: '${name}' is no variable of ${known}`);
  }
}

function valuesOf(
  given: Values,
  reached: readonly ServerSpec[],
  chosen: ServerSpec | undefined,
  envPrefix: string,
): Values {
  const values = new Map<string, string>();
  for (const name of new Set(reached.flatMap((one) => Object.keys(one.variables ?? {})))) {
    const holders = reached.filter((one) => variableOf(one, name));
    const source = `${envPrefix}_${(holders[0] && variableOf(holders[0], name)?.env) ?? ''}`;
    const value = given.get(name) ?? readEnv(source);
    if (!value) continue;
    const strict = holders[0] === chosen ? holders.slice(0, 1) : holders;
    if (!strict.some((one) => allows(variableOf(one, name), value))) {
      const allowed = new Set(strict.flatMap((one) => variableOf(one, name)?.values ?? []));
      const what = given.has(name) ? `serverVariables: ${name}` : source;
      throw new APIError(
        `${what} must be one of ${[...allowed].join(', ')} in '${strict[0]?.url ?? ''}', not '${value}'`,
      );
    }
    values.set(name, value);
  }
  return values;
}

function filled(server: ServerSpec, values: Values, envPrefix: string): string {
  return server.url.replace(/\{([^{}]+)\}/g, (slot, name: string) => {
    const variable = variableOf(server, name);
    if (variable === undefined) return slot;
    const given = values.get(name);
    const value = given ?? variable.default ?? '';
    if (value !== '' && (given === undefined || allows(variable, given))) return value;
    const allowed = variable.values ? ` (one of ${variable.values.join(', ')})` : '';
    const instead = value === '' ? '' : `, not '${value}'`;
    throw new APIError(
      `the server '${server.url}' needs '${name}'${allowed}${instead}: give it in serverVariables or set ${envPrefix}_${variable.env}`,
    );
  });
}

function variableOf(server: ServerSpec, name: string): ServerVariable | undefined {
  return server.variables && Object.hasOwn(server.variables, name) ? server.variables[name] : undefined;
}

function allows(variable: ServerVariable | undefined, value: string): boolean {
  return variable?.values === undefined || variable.values.includes(value);
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, '');
}
