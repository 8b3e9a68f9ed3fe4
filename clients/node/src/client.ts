// Generated from the API's description. Changes to this file are overwritten.
import { PolyportCore } from './core.js';
import { ChatResource } from './resources/chat.js';
import { CompletionsResource } from './resources/completions.js';
import { EmbeddingsResource } from './resources/embeddings.js';
import { HealthResource } from './resources/health.js';
import { ModelsResource } from './resources/models.js';
import { ProvidersResource } from './resources/providers.js';
import { VersionResource } from './resources/version.js';

/** The client: all resources of the API. */
export class Polyport extends PolyportCore {
  /** Answers to a conversation. */
  readonly chat = new ChatResource(this);
  /** Continuations of a text. */
  readonly completions = new CompletionsResource(this);
  /** Vectors of texts. */
  readonly embeddings = new EmbeddingsResource(this);
  readonly health = new HealthResource(this);
  /** What requests may name. */
  readonly models = new ModelsResource(this);
  /** Where models run. */
  readonly providers = new ProvidersResource(this);
  readonly version = new VersionResource(this);
}
