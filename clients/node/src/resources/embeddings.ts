// Generated from the API's description. Changes to this file are overwritten.
import { APIResource } from '../runtime/resource.js';
import type { APIPromise, Operation, RequestOptions } from '../runtime/index.js';
import type { EmbeddingList } from '../types/embedding-list.js';
import type { EmbeddingRequest } from '../types/embedding-request.js';

/** The params of `embeddings.create`. */
export type EmbeddingsCreateParams = EmbeddingRequest;

const createOperation: Operation = {
  id: 'createEmbedding',
  method: 'POST',
  path: '/v1/embeddings',
  body: { kind: 'json', contentType: 'application/json', required: true },
  response: { kind: 'json' },
};

/** Vectors of texts. */
export class EmbeddingsResource extends APIResource {
  /**
   * Embed texts
   *
   * Turns texts into vectors whose distances tell how alike the texts are.
   *
   * Headers of the answer, which `withResponse()` gives too:
   *
   * - `x-polyport-provider`: The provider that served the request.
   * - `x-polyport-try`: On which try it was served, counted from 1.
   *
   * @example
   * const result = await client.embeddings.create({
   *   model: 'all-minilm-l6-v2',
   *   input: 'The quick brown fox',
   * });
   */
  create(params: EmbeddingsCreateParams, options?: RequestOptions): APIPromise<EmbeddingList> {
    return this._caller.call<EmbeddingList>(createOperation, params, options);
  }
}
