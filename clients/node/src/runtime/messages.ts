/** The messages of a streamed answer: bytes in, decoded JSON values out, and no quiet end. */

import {
  APIConnectionError,
  APIDecodingError,
  APIStreamError,
  APITimeoutError,
  serverMessage,
} from './errors.js';
import { parseJSON, parseJSONOrText } from './json.js';
import type { ResponseSpec } from './operation.js';
import { EventStreamParser, LineParser } from './sse.js';

export interface MessageSource {
  readonly body: ReadableStream<Uint8Array> | null;
  readonly spec: ResponseSpec;
  /** The call's name in error messages. */
  readonly describe: string;
  /** Longest silence, in milliseconds. */
  readonly idleTimeout: number;
  /** The caller's signal: when it has aborted, its reason is thrown. */
  readonly signal: AbortSignal;
}

/** Iterates over the messages; leaving the iteration closes the connection. An error event, a cut, silence and data that is not JSON are errors. */
export async function* readMessages(source: MessageSource): AsyncGenerator<unknown, void, undefined> {
  const { spec, describe } = source;
  const events = new EventStreamParser();
  const lines = new LineParser();
  const reader = source.body?.getReader();
  let complete = false;
  try {
    for (;;) {
      const chunk = reader ? await readChunk(source, reader) : undefined;
      if (spec.kind === 'jsonl') {
        for (const line of chunk ? lines.push(chunk) : lines.end()) yield messageValue(line, describe);
      } else {
        for (const event of chunk ? events.push(chunk) : []) {
          if (event.data === '[DONE]' || event.data === spec.terminator) {
            complete = true;
            return;
          }
          yield eventValue(event.event, event.data, describe);
        }
      }
      if (chunk === undefined) break;
    }
    complete = true;
    if (spec.terminator !== undefined) {
      throw new APIStreamError(`${describe}: stream ended before ${spec.terminator}`);
    }
  } finally {
    // The caller does not wait for the end of the body, only for the connection to be let go.
    if (reader && complete) void drain(reader);
    else if (reader) await close(reader);
  }
}

/** How long the end of the body may lag behind the end of the messages, in milliseconds. */
const DRAIN_LIMIT = 250;

/** Reads the rest of a complete stream, so that the connection can be used again. */
async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const timer = setTimeout(() => void close(reader), DRAIN_LIMIT);
  try {
    while (!(await reader.read()).done);
  } catch {
    // The messages are complete: how the connection ends does not matter any more.
  } finally {
    clearTimeout(timer);
  }
}

async function close(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  try {
    await reader.cancel();
  } catch {
    // It was closed already, by the error that is on its way to the caller.
  }
}

/** The next bytes; `undefined` at the end. */
async function readChunk(
  source: MessageSource,
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<Uint8Array | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new APITimeoutError(`${source.describe}: no data for ${source.idleTimeout} ms`));
    }, source.idleTimeout);
  });
  try {
    const { done, value } = await Promise.race([reader.read(), silence]);
    return done ? undefined : value;
  } catch (error) {
    if (source.signal.aborted) throw source.signal.reason;
    if (error instanceof APIConnectionError) throw error;
    throw new APIStreamError(`${source.describe}: stream cut short`, undefined, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

function eventValue(event: string, data: string, describe: string): unknown {
  if (event === 'error') {
    const body = parseJSONOrText(data);
    throw new APIStreamError(`${describe}: ${serverMessage(body)}`, body);
  }
  const value = messageValue(data, describe);
  if (typeof value === 'object' && value !== null && 'error' in value && value.error != null) {
    throw new APIStreamError(`${describe}: ${serverMessage(value)}`, value);
  }
  return value;
}

function messageValue(text: string, describe: string): unknown {
  try {
    return parseJSON(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new APIDecodingError(`${describe}: not JSON: ${message}`, new TextEncoder().encode(text), {
      cause: error,
    });
  }
}
