// Generated from the API's description. Changes to this file are overwritten.

/**
 * `starting` until it can serve, `up` when it can, `degraded` when requests have failed lately, `down` when
 * it is not asked for now.
 */
export type ProviderStatus = 'starting' | 'up' | 'degraded' | 'down' | (string & {});
