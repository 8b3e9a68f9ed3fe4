// Generated from the API's description. Changes to this file are overwritten.
import type { HealthStatus } from './health-status.js';

/** That the gateway is there, and what it is doing. */
export interface Health {
  /** `starting` while models are being loaded, `ok` when all is there, `draining` while it shuts down. */
  status: HealthStatus;
}
