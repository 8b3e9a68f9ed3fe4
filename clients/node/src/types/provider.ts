// Generated from the API's description. Changes to this file are overwritten.
import type { ProviderStatus } from './provider-status.js';

/** A place where models run. */
export interface Provider {
  /** The provider's name in the gateway's configuration. */
  id: string;

  /** Always `provider`. */
  object: 'provider';

  /** The kind of provider, such as `local` or `openai`. */
  type: string;

  /**
   * `starting` until it can serve, `up` when it can, `degraded` when requests have failed lately, `down` when
   * it is not asked for now.
   */
  status: ProviderStatus;

  /** The ids of the models that it is known to serve. */
  models: string[];
}
