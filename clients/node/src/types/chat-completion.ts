// Generated from the API's description. Changes to this file are overwritten.
import type { ChatChoice } from './chat-choice.js';
import type { Usage } from './usage.js';

/** The answer to a conversation. */
export interface ChatCompletion {
  /** Names this answer. */
  id: string;

  /** Always `chat.completion`. */
  object: 'chat.completion';

  /** When the answer was made, in seconds since 1970-01-01 UTC. */
  created: number;

  /** The model that answered. */
  model: string;

  /** The answers, as many as `n` asked for. */
  choices: ChatChoice[];

  /** How many tokens a request used. */
  usage?: Usage;

  /** Changes when the provider's set-up changes in a way that may change answers. */
  system_fingerprint?: string | null;

  /** The provider's service class that served the request. */
  service_tier?: string | null;
}
