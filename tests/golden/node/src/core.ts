// Generated from the API's description. Changes to this file are overwritten.
import { BaseClient } from './runtime/client.js';
import type { ApiInfo, ClientOptions } from './runtime/index.js';

export const apiInfo: ApiInfo = {
  package: 'notes',
  version: '1.0.0',
  envPrefix: 'NOTES',
  baseURL: 'https://notes.example/v1',
  auth: { kind: 'bearer' },
};

/**
 * The client without any resource. Together with single resources from their subpaths it keeps a bundle small; most
 * programs want the whole client.
 */
export class NotesCore extends BaseClient {
  constructor(options: ClientOptions = {}) {
    super(apiInfo, options);
  }

  /** A client with some options changed. */
  withOptions(options: ClientOptions): this {
    const type = this.constructor as new (options: ClientOptions) => this;
    return new type({ ...this._options, ...options });
  }
}
