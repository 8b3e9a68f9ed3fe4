import type { BaseClient } from './client.js';

/** The base of all resources: a group of operations that share a client. */
export abstract class APIResource {
  protected readonly client: BaseClient;

  constructor(client: BaseClient) {
    this.client = client;
  }
}
