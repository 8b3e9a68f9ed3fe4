// Generated from the API's description. Changes to this file are overwritten.

/** `starting` while models are being loaded, `ok` when all is there, `draining` while it shuts down. */
export type HealthStatus = 'starting' | 'ok' | 'draining' | (string & {});
