// Generated from the API's description. Changes to this file are overwritten.
import type { ErrorDetail } from './error-detail.js';

/** The one shape of every error answer. */
export interface ErrorModel {
  /** What went wrong. */
  error: ErrorDetail;
}
