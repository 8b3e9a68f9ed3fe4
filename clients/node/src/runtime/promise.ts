import type { Outcome } from './transport.js';

/** A decoded answer with what came around it. */
export interface WithResponse<T> {
  readonly data: T;
  readonly response: Response;
  /** The `x-request-id` header. */
  readonly requestId: string | undefined;
}

/**
 * A call under way: await it for the decoded answer, or ask it for more.
 *
 * @example
 * const { data, response } = await client.models.list().withResponse();
 */
export class APIPromise<T> extends Promise<T> {
  readonly #outcome: Promise<Outcome>;
  readonly #decode: (outcome: Outcome) => T;
  #decoded: Promise<T> | undefined;

  /** What `then` makes is an ordinary promise. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  constructor(outcome: Promise<Outcome>, decode: (outcome: Outcome) => T) {
    // The base class only gives the type: all of its methods go through `then`, which is replaced below.
    super((resolve) => resolve(undefined as T));
    this.#outcome = outcome;
    this.#decode = decode;
  }

  /** The HTTP response; a body that is streamed or binary has not been read yet. */
  async asResponse(): Promise<Response> {
    return (await this.#outcome).response();
  }

  /** The decoded answer together with the HTTP response. */
  async withResponse(): Promise<WithResponse<T>> {
    const response = await this.asResponse();
    const data = await this.#value();
    return { data, response, requestId: response.headers.get('x-request-id') ?? undefined };
  }

  override then<R = T, E = never>(
    onFulfilled?: ((value: T) => R | PromiseLike<R>) | null,
    onRejected?: ((reason: unknown) => E | PromiseLike<E>) | null,
  ): Promise<R | E> {
    return this.#value().then(onFulfilled, onRejected);
  }

  override catch<E = never>(onRejected?: ((reason: unknown) => E | PromiseLike<E>) | null): Promise<T | E> {
    return this.#value().catch(onRejected);
  }

  override finally(onFinally?: (() => void) | null): Promise<T> {
    return this.#value().finally(onFinally);
  }

  #value(): Promise<T> {
    this.#decoded ??= this.#outcome.then(this.#decode);
    return this.#decoded;
  }
}
