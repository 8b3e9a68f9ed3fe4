import { linkedOperation } from './links.js';
import { inBodyForm, splitArguments, type Operation } from './operation.js';
import type { RequestOptions } from './options.js';
import { PagePromise, type PageRequest } from './pages.js';
import { APIPromise } from './promise.js';
import { CallScope } from './scope.js';
import type { Sender } from './send.js';
import { Stream } from './stream.js';

/** Makes the calls of generated code, in the forms that an answer can have. */
export class Caller {
  readonly #sender: Sender;

  constructor(sender: Sender) {
    this.#sender = sender;
  }

  /** A call with a single answer. */
  call<T>(operation: Operation, params?: object, options?: RequestOptions): APIPromise<T> {
    const scope = new CallScope(options?.signal);
    const sent = inBodyForm(operation, params);
    return new APIPromise(
      this.#sender.send(sent, splitArguments(sent, params), options, scope),
      (outcome) => outcome.value() as T,
    );
  }

  /** A call that is answered by a stream. */
  stream<T, Whole = never>(
    operation: Operation,
    params?: object,
    options?: RequestOptions,
  ): APIPromise<Stream<T, Whole>> {
    const scope = new CallScope(options?.signal);
    return new APIPromise(
      this.#sender.send(operation, splitArguments(operation, params), options, scope),
      (outcome) => new Stream<T, Whole>(outcome, scope, operation.response.deltas),
    );
  }

  /** A call for a page of a list. */
  pages<Item, Body>(
    operation: Operation,
    params: object = {},
    options?: RequestOptions,
  ): PagePromise<Item, Body> {
    const spec = operation.pagination ?? { style: 'single', items: [] };
    const fetch = (wanted: PageRequest): PagePromise<Item, Body> => {
      const scope = new CallScope(options?.signal);
      const link = wanted.links.at(-1);
      const sent = link === undefined ? operation : linkedOperation(operation);
      const outcome = this.#sender.send(sent, splitArguments(sent, wanted.params), options, scope, link);
      return new PagePromise(outcome, spec, wanted, fetch);
    };
    return fetch({ params: { ...params }, links: [] });
  }
}
