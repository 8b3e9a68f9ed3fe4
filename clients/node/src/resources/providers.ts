// Generated from the API's description. Changes to this file are overwritten.
import { APIResource } from '../runtime/resource.js';
import type { APIPromise, Operation, PagePromise, RequestOptions } from '../runtime/index.js';
import type { ProviderList } from '../types/provider-list.js';
import type { Provider } from '../types/provider.js';

const listOperation: Operation = {
  id: 'listProviders',
  method: 'GET',
  path: '/v1/providers',
  response: { kind: 'json' },
  pagination: { style: 'single', items: ['data'] },
};
const retrieveOperation: Operation = {
  id: 'retrieveProvider',
  method: 'GET',
  path: '/v1/providers/{provider}',
  parameters: [{ name: 'provider', in: 'path' }],
  response: { kind: 'json' },
};

/** Where models run. */
export class ProvidersResource extends APIResource {
  /**
   * List providers
   *
   * The places where models run, with their state.
   *
   * @example
   * for await (const item of client.providers.list()) console.log(item);
   */
  list(options?: RequestOptions): PagePromise<Provider, ProviderList> {
    return this._caller.pages<Provider, ProviderList>(listOperation, undefined, options);
  }

  /**
   * Get a provider
   *
   * @param provider The provider's name.
   * @example
   * const result = await client.providers.retrieve('local');
   */
  retrieve(provider: string, options?: RequestOptions): APIPromise<Provider> {
    return this._caller.call<Provider>(retrieveOperation, { provider }, options);
  }
}
