// Generated from the API's description. Changes to this file are overwritten.
import { APIResource } from '../runtime/resource.js';
import type { APIPromise, Operation, RequestOptions } from '../runtime/index.js';
import type { Version } from '../types/version.js';

const retrieveOperation: Operation = {
  id: 'retrieveVersion',
  method: 'GET',
  path: '/version',
  response: { kind: 'json' },
  security: [],
};

export class VersionResource extends APIResource {
  /**
   * Ask what is running
   *
   * Needs no key.
   *
   * @example
   * const result = await client.version.retrieve();
   */
  retrieve(options?: RequestOptions): APIPromise<Version> {
    return this._caller.call<Version>(retrieveOperation, undefined, options);
  }
}
