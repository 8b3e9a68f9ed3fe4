import { DeltaSum, type DeltaSpec } from './deltas.js';
import { APIError, APIStreamError } from './errors.js';
import { stringifyJSON } from './json.js';
import type { CallScope } from './scope.js';

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
export class Stream<Message, Whole = never> implements AsyncIterable<Message> {
  readonly #messages: () => AsyncIterable<unknown>;
  readonly #scope: CallScope;
  readonly #deltas: DeltaSpec | undefined;
  #consumed = false;

  constructor(messages: () => AsyncIterable<unknown>, scope: CallScope, deltas?: DeltaSpec) {
    this.#messages = messages;
    this.#scope = scope;
    this.#deltas = deltas;
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

  /**
   * Reads to the end and gives what the accumulator made of it; without one, the whole answer that the messages add up to.
   * Rejects when they do not add up, or when there was none.
   */
  accumulate(): Promise<Whole>;
  accumulate<Result>(accumulator: Accumulator<Message, Result>): Promise<Result>;
  async accumulate(accumulator?: Accumulator<Message, unknown>): Promise<unknown> {
    if (accumulator === undefined && this.#deltas === undefined) {
      throw new APIError(
        'the messages of this stream do not add up to one: give accumulate() an accumulator',
      );
    }
    const sum = accumulator ?? new DeltaSum(this.#deltas as DeltaSpec);
    for await (const message of this) sum.add(message as Message & object);
    const result = sum.result();
    if (result === undefined && accumulator === undefined) throw new APIStreamError('the stream was empty');
    return result;
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
