import type { Caller } from './caller.js';

/** The base of all resources: a group of operations that share a client. */
export abstract class APIResource {
  /** @internal */
  readonly _caller: Caller;

  /** @param owner a client, or the resource above */
  constructor(owner: { readonly _caller: Caller }) {
    this._caller = owner._caller;
  }
}
