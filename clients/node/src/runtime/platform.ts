/** What differs between Node, Deno, Bun, Workers and browsers, found without importing anything. */

interface Globals {
  readonly process?: {
    readonly env?: Record<string, string | undefined>;
    readonly versions?: Record<string, string | undefined>;
  };
  readonly Deno?: {
    readonly env?: { get(name: string): string | undefined };
    readonly version?: { readonly deno: string };
  };
  readonly navigator?: { readonly userAgent?: string };
}

const globals = globalThis as unknown as Globals;

/** An environment variable; `undefined` where there is no environment, it may not be read, or it is blank. */
export function readEnv(name: string): string | undefined {
  try {
    const value = globals.process?.env?.[name] ?? globals.Deno?.env?.get(name);
    return value?.trim() || undefined;
  } catch {
    return undefined;
  }
}

/** `runtime/version` for the User-Agent header; `undefined` in browsers, which send their own, and in what nobody knows. */
export function platformName(): string | undefined {
  const versions = globals.process?.versions;
  if (globals.Deno?.version) return `deno/${globals.Deno.version.deno}`;
  if (versions?.['bun']) return `bun/${versions['bun']}`;
  if (versions?.['node']) return `node/${versions['node']}`;
  return globals.navigator?.userAgent === 'Cloudflare-Workers' ? 'workerd' : undefined;
}

/** A random UUID, also where `crypto.randomUUID` is missing (browsers outside a secure context). */
export function randomUUID(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [8, 12, 16, 20, 32].map((end, i, ends) => hex.slice(ends[i - 1] ?? 0, end)).join('-');
}
