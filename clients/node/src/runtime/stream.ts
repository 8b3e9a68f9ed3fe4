import { APIError } from './errors.js';
import { stringifyJSON } from './json.js';
import type { CallScope } from './send.js';

/** Folds the messages of a stream into one value. */
export interface Accumulator<Message, Result> {
  add(message: Message): void;
  result(): Result;
}

/**
 * The messages of a streamed answer, once. Leaving the loop (`break`, `return`, an exception) closes the connection;
 * an error event, a cut or silence rejects.
 *
 * @example
 * for await (const message of stream) console.log(message);
 */
export class Stream<Message> implements AsyncIterable<Message> {
  readonly #messages: () => AsyncIterable<unknown>;
  readonly #scope: CallScope;
  #consumed = false;

  constructor(messages: () => AsyncIterable<unknown>, scope: CallScope) {
    this.#messages = messages;
    this.#scope = scope;
  }

  /** Abort it to end the stream from outside: the loop then ends without an error. */
  get controller(): AbortController {
    return this.#scope.controller;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Message, void, undefined> {
    if (this.#consumed) throw new APIError('a stream can be read only once');
    this.#consumed = true;
    try {
      for await (const message of this.#messages()) yield message as Message;
    } catch (error) {
      if (!this.controller.signal.aborted || this.#scope.isCancelledByCaller) throw error;
    } finally {
      this.#scope.release();
    }
  }

  /** Closes the connection. */
  close(): void {
    this.controller.abort();
  }

  /** Reads to the end and gives what the accumulator made of it. */
  async accumulate<Result>(accumulator: Accumulator<Message, Result>): Promise<Result> {
    for await (const message of this) accumulator.add(message);
    return accumulator.result();
  }

  /** The messages as newline-delimited JSON, to hand on to a browser for example. Cancelling it closes the stream. */
  toReadableStream(): ReadableStream<Uint8Array> {
    const messages = this[Symbol.asyncIterator]();
    const encoder = new TextEncoder();
    return new ReadableStream({
      async pull(controller) {
        const next = await messages.next();
        if (next.done) controller.close();
        else controller.enqueue(encoder.encode(`${stringifyJSON(next.value)}\n`));
      },
      async cancel() {
        await messages.return();
      },
    });
  }
}
