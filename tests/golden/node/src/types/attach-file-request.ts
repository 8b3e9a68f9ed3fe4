// Generated from the API's description. Changes to this file are overwritten.
import type { Uploadable } from '../runtime/index.js';

export interface AttachFileRequest {
  file: Uploadable;

  /** Named like a part of the path. */
  name?: string | undefined;
}
