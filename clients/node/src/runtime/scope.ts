/** The calls that each signal ends: they share a listener, since Node warns of a leak at a signal's eleventh. */
const followers = new WeakMap<EventTarget, Set<CallScope>>();

function endAll({ currentTarget }: Event): void {
  const signal = currentTarget as AbortSignal;
  for (const scope of followers.get(signal) ?? []) scope.controller.abort(signal.reason);
}

/** Lets go of signals when nobody can read an answer any more. Old Workers have no such registry. */
const unread =
  typeof FinalizationRegistry === 'undefined'
    ? undefined
    : new FinalizationRegistry<CallScope>((scope) => scope.release());

/** The life of one call: it ends by its own controller, or when the caller's signal aborts. */
export class CallScope {
  readonly controller = new AbortController();
  readonly #caller: AbortSignal | undefined;

  constructor(caller: AbortSignal | null | undefined) {
    this.#caller = caller ?? undefined;
    if (this.#caller?.aborted) this.controller.abort(this.#caller.reason);
    else if (this.#caller) this.#follow(this.#caller);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Whether the caller's signal, rather than the controller, ended the call. */
  get isCancelledByCaller(): boolean {
    return this.#caller?.aborted ?? false;
  }

  /** Lets go of the caller's signal, which may live much longer than the call. */
  release(): void {
    if (this.#caller === undefined) return;
    const scopes = followers.get(this.#caller);
    scopes?.delete(this);
    if (scopes?.size === 0) this.#caller.removeEventListener('abort', endAll);
  }

  /** Releases the scope when nothing holds the body any more: whoever reads one does not say when it is done. */
  releaseWith(body: object): void {
    if (this.#caller !== undefined) unread?.register(body, this);
  }

  #follow(signal: AbortSignal): void {
    const scopes = followers.get(signal) ?? new Set();
    followers.set(signal, scopes.add(this));
    // The same function again is no second listener.
    signal.addEventListener('abort', endAll);
  }
}
