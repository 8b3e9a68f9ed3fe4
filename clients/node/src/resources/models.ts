// Generated from the API's description. Changes to this file are overwritten.
import { APIResource } from '../runtime/resource.js';
import type { APIPromise, Operation, PagePromise, RequestOptions } from '../runtime/index.js';
import type { ModelList } from '../types/model-list.js';
import type { Model } from '../types/model.js';

const listOperation: Operation = {
  id: 'listModels',
  method: 'GET',
  path: '/v1/models',
  response: { kind: 'json' },
  pagination: { style: 'single', items: ['data'] },
};
const retrieveOperation: Operation = {
  id: 'retrieveModel',
  method: 'GET',
  path: '/v1/models/{model}',
  parameters: [{ name: 'model', in: 'path' }],
  response: { kind: 'json' },
};

/** What requests may name. */
export class ModelsResource extends APIResource {
  /**
   * List models
   *
   * The models that the caller may use, of all providers.
   *
   * @example
   * for await (const item of client.models.list()) console.log(item);
   */
  list(options?: RequestOptions): PagePromise<Model, ModelList> {
    return this._caller.pages<Model, ModelList>(listOperation, undefined, options);
  }

  /**
   * Get a model
   *
   * @param model The model's id. Slashes in it are encoded as `%2F`.
   * @example
   * const result = await client.models.retrieve('smollm2-135m');
   */
  retrieve(model: string, options?: RequestOptions): APIPromise<Model> {
    return this._caller.call<Model>(retrieveOperation, { model }, options);
  }
}
