/** The messages of a streamed answer: bytes in, events and what they give out, and no quiet end. */

import {
  APIConnectionError,
  APIDecodingError,
  APIStreamError,
  APITimeoutError,
  serverMessage,
} from './errors.js';
import { parseJSON, parseJSONOrText } from './json.js';
import type { ResponseSpec } from './operation.js';
import { EventStreamParser, LineParser, type ServerSentEvent } from './sse.js';

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

/** Iterates over what the events give, otherwise like `readEvents`; data that is not JSON where it must be is an error. */
export async function* readMessages(source: MessageSource): AsyncGenerator<unknown, void, undefined> {
  for await (const { event, data } of read(source)) {
    if (source.spec.event === 'whole') yield { ...event, data: data instanceof NotJSON ? event.data : data };
    else if (data instanceof NotJSON) throw decodingError(source.describe, event.data, data);
    else yield data;
  }
}

/** Iterates over the events as they came; leaving the iteration closes the connection. An error event, a cut and silence are errors. */
export async function* readEvents(source: MessageSource): AsyncGenerator<ServerSentEvent, void, undefined> {
  for await (const { event } of read(source)) yield event;
}

/** An event, and its data as JSON or, where that is text, as it is. */
interface Message {
  readonly event: ServerSentEvent;
  readonly data: unknown;
}

/** Stands for data that is not JSON: why not. */
class NotJSON {
  constructor(readonly cause: unknown) {}
}

function decodingError(describe: string, text: string, { cause }: NotJSON): APIDecodingError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new APIDecodingError(`${describe}: not JSON: ${message}`, new TextEncoder().encode(text), {
    cause,
  });
}

async function* read(source: MessageSource): AsyncGenerator<Message, void, undefined> {
  const { spec, describe } = source;
  const events = new EventStreamParser();
  const lines = new LineParser();
  const reader = source.body?.getReader();
  // Where data is JSON, a mark that nobody documented can be nothing else.
  const mark = spec.terminator ?? (spec.event === 'text' ? undefined : '[DONE]');
  let complete = false;
  try {
    for (;;) {
      const chunk = reader ? await readChunk(source, reader) : undefined;
      if (spec.kind === 'jsonl') {
        for (const data of chunk ? lines.push(chunk) : lines.end()) yield messageOf({ data }, source);
      } else {
        for (const event of chunk ? events.push(chunk) : []) {
          if (event.data === mark) {
            complete = true;
            return;
          }
          yield messageOf(event, source);
        }
      }
      if (chunk === undefined) break;
    }
    complete = true;
    // Some servers forget the empty line after the last event.
    if (spec.terminator !== undefined && events.unfinished() !== spec.terminator) {
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

function messageOf(event: ServerSentEvent, { spec, describe }: MessageSource): Message {
  if (event.event === 'error') {
    const body = parseJSONOrText(event.data);
    throw new APIStreamError(`${describe}: ${serverMessage(body)}`, body);
  }
  const isText = spec.event === 'text' || spec.texts?.includes(event.event ?? '') === true;
  const data = isText ? event.data : parsed(event.data);
  const mayFail = !isText && typeof data === 'object' && data !== null && 'error' in data;
  if (mayFail && data.error != null) {
    throw new APIStreamError(`${describe}: ${serverMessage(data)}`, data);
  }
  return { event, data };
}

function parsed(text: string): unknown {
  try {
    return parseJSON(text);
  } catch (error) {
    return new NotJSON(error);
  }
}
