// Generated from the API's description. Changes to this file are overwritten.
import { APIResource } from '../runtime/resource.js';
import { ChatCompletionsResource } from './chat/completions.js';

/** Answers to a conversation. */
export class ChatResource extends APIResource {
  readonly completions = new ChatCompletionsResource(this);
}
