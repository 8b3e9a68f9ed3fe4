// Generated from the API's description. Changes to this file are overwritten.
import type { Stop } from './stop.js';
import type { StreamOptions } from './stream-options.js';
import type { TextInput } from './text-input.js';

/** A text, the model that shall continue it, and how. */
export interface CompletionRequest {
  /** The model's id, as `GET /v1/models` lists it. */
  model: string;

  /** A text, or several of them, each as a text or as token ids. A list of token ids alone is one text. */
  prompt: TextInput;

  /**
   * Whether the answer comes as a stream of server-sent events.
   *
   * @default false
   */
  stream?: boolean | null | undefined;

  /** Settings of a streamed answer. */
  stream_options?: StreamOptions | null | undefined;

  /**
   * The most tokens to generate.
   *
   * @default 16
   */
  max_tokens?: number | null | undefined;

  /**
   * How freely to choose tokens. 0 always takes the likeliest. Change this or `top_p`, but not both.
   *
   * @default 1
   */
  temperature?: number | null | undefined;

  /**
   * Only the likeliest tokens whose probabilities add up to this are considered.
   *
   * @default 1
   */
  top_p?: number | null | undefined;

  /**
   * How many answers to generate for each prompt.
   *
   * @default 1
   */
  n?: number | null | undefined;

  /**
   * How many answers to generate, of which the likeliest `n` are given. Cannot be streamed.
   *
   * @default 1
   */
  best_of?: number | null | undefined;

  /**
   * Whether the answer begins with the prompt.
   *
   * @default false
   */
  echo?: boolean | null | undefined;

  /** Text that comes after the answer, for models that fill gaps. */
  suffix?: string | null | undefined;

  /** Where generation ends. The stop text itself is not part of the answer. */
  stop?: Stop | null | undefined;

  /** The same seed and the same request give the same answer, as far as the provider can promise it. */
  seed?: number | null | bigint | undefined;

  /**
   * Above 0, tokens become less likely the more often they occurred so far.
   *
   * @default 0
   */
  frequency_penalty?: number | null | undefined;

  /**
   * Above 0, tokens that occurred at all become less likely.
   *
   * @default 0
   */
  presence_penalty?: number | null | undefined;

  /** Added to the logits of the given tokens. Keys are token ids. */
  logit_bias?: { [key: string]: number } | null | undefined;

  /** How many of the likeliest tokens to tell at each position, beside the generated one. */
  logprobs?: number | null | undefined;

  /** Names the end user, for finding abuse. */
  user?: string | undefined;
}
