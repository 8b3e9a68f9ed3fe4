// Generated from the API's description. Changes to this file are overwritten.
import { APIResource } from '../../runtime/resource.js';
import type { APIPromise, Operation, RequestOptions } from '../../runtime/index.js';
import type { AttachFileRequest } from '../../types/attach-file-request.js';

/** The params of `notes.files.update`. */
export interface NotesFilesUpdateParams extends AttachFileRequest {
  note_id: string;
  name_in_path: string;
}

const updateOperation: Operation = {
  id: 'attachFile',
  method: 'PUT',
  path: '/notes/{note_id}/files/{name}',
  parameters: [
    { name: 'note_id', in: 'path' },
    { name: 'name', in: 'path', member: 'name_in_path' },
  ],
  body: { kind: 'multipart', contentType: 'multipart/form-data', required: true },
  response: { kind: 'binary', accept: 'application/octet-stream' },
};

export class NotesFilesResource extends APIResource {
  /**
   * Attach a file
   *
   * @example
   * const result = await client.notes.files.update({
   *   note_id: 'note_id',
   *   name_in_path: 'name',
   *   file: new Blob(['...']),
   * });
   */
  update(params: NotesFilesUpdateParams, options?: RequestOptions): APIPromise<Response> {
    return this._caller.call<Response>(updateOperation, params, options);
  }
}
