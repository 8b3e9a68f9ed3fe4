import { DeltaSum, type DeltaSpec } from './deltas.js';
import { APIError, APIStreamError } from './errors.js';
import { stringifyJSON } from './json.js';
import type { CallScope } from './scope.js';
import type { ServerSentEvent } from './sse.js';
import type { Outcome } from './transport.js';

/** What a stream reads: an outcome of the transport. */
export type StreamSource = Pick<Outcome, 'messages' | 'events'>;

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
  readonly #outcome: StreamSource;
  readonly #scope: CallScope;
  readonly #deltas: DeltaSpec | undefined;
  #consumed = false;

  constructor(outcome: StreamSource, scope: CallScope, deltas?: DeltaSpec) {
    this.#outcome = outcome;
    this.#scope = scope;
    this.#deltas = deltas;
  }

  /** Abort it to end the stream from outside: the loop then ends without an error. */
  get controller(): AbortController {
    return this.#scope.controller;
  }

  [Symbol.asyncIterator](): AsyncGenerator<Message, void, undefined> {
    return this.#once(() => this.#outcome.messages() as AsyncIterable<Message>);
  }

  /**
   * The events as they come, untyped: name, data, id. Iterate over these or over the stream; data that is not JSON is
   * no error here.
   */
  events(): AsyncGenerator<ServerSentEvent, void, undefined> {
    return this.#once(() => this.#outcome.events());
  }

  async *#once<T>(open: () => AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
    if (this.#consumed) throw new APIError('a stream can be read only once');
    this.#consumed = true;
    try {
      yield* open();
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
