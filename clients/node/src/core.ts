// Generated from the API's description. Changes to this file are overwritten.
import { BaseClient } from './runtime/client.js';
import type { ApiInfo, ClientOptions } from './runtime/index.js';

export const apiInfo: ApiInfo = {
  package: '@polyport/sdk',
  version: '0.1.0',
  envPrefix: 'POLYPORT',
  baseURL: 'http://127.0.0.1:8080',
  schemes: { bearer: { kind: 'bearer' } },
  security: [['bearer'], []],
  secretHeaders: ['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'x-api-key', 'api-key'],
};

/**
 * The client without any resource. Together with single resources from their subpaths it keeps a bundle small; most
 * programs want the whole client.
 */
export class PolyportCore extends BaseClient {
  constructor(options: ClientOptions<'bearer'> = {}) {
    super(apiInfo, options);
  }

  /** A client with some options changed; headers, query and credentials are added. */
  withOptions(options: ClientOptions<'bearer'>): this {
    const type = this.constructor as new (options: ClientOptions) => this;
    return new type(this._merged(options));
  }
}
