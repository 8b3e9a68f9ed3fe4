// Generated from the API's description. Changes to this file are overwritten.
import type { Provider } from './provider.js';

/** All providers that the gateway is set up with. */
export interface ProviderList {
  /** Always `list`. */
  object: 'list';

  /** The providers, in the order of the configuration. */
  data: Provider[];
}
