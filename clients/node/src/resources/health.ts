// Generated from the API's description. Changes to this file are overwritten.
import { APIResource } from '../runtime/resource.js';
import type { APIPromise, Operation, RequestOptions } from '../runtime/index.js';
import type { Health } from '../types/health.js';

const retrieveOperation: Operation = {
  id: 'retrieveHealth',
  method: 'GET',
  path: '/health',
  response: { kind: 'json' },
  security: [],
};

export class HealthResource extends APIResource {
  /**
   * Ask for a sign of life
   *
   * Answers at once, also while models are still being loaded. Needs no key.
   *
   * @example
   * const result = await client.health.retrieve();
   */
  retrieve(options?: RequestOptions): APIPromise<Health> {
    return this._caller.call<Health>(retrieveOperation, undefined, options);
  }
}
