// Generated from the API's description. Changes to this file are overwritten.
import { BaseClient } from './runtime/client.js';
import type { ApiInfo, ClientOptions } from './runtime/index.js';

export const apiInfo: ApiInfo = {
  package: 'notes',
  version: '1.0.0',
  envPrefix: 'NOTES',
  baseURL: 'https://notes.example/v1',
  schemes: { key: { kind: 'bearer' } },
  security: [['key']],
  secretHeaders: ['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'x-api-key', 'api-key'],
};

/**
 * The client without any resource. Together with single resources from their subpaths it keeps a bundle small; most
 * programs want the whole client.
 */
export class NotesCore extends BaseClient {
  constructor(options: ClientOptions<'key'> = {}) {
    super(apiInfo, options);
  }

  /** A client with some options changed; headers, query and credentials are added. */
  withOptions(options: ClientOptions<'key'>): this {
    const type = this.constructor as new (options: ClientOptions) => this;
    return new type(this._merged(options));
  }
}
