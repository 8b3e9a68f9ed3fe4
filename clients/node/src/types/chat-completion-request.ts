// Generated from the API's description. Changes to this file are overwritten.
import type { ChatMessage } from './chat-message.js';
import type { ReasoningEffort } from './reasoning-effort.js';
import type { ResponseFormat } from './response-format.js';
import type { Stop } from './stop.js';
import type { StreamOptions } from './stream-options.js';
import type { ToolChoice } from './tool-choice.js';
import type { Tool } from './tool.js';

/** A conversation, the model that shall answer it, and how. */
export interface ChatCompletionRequest {
  /** The model's id, as `GET /v1/models` lists it. */
  model: string;

  /** The conversation so far, oldest message first. */
  messages: ChatMessage[];

  /**
   * Whether the answer comes as a stream of server-sent events.
   *
   * @default false
   */
  stream?: boolean | null | undefined;

  /** Settings of a streamed answer. */
  stream_options?: StreamOptions | null | undefined;

  /** The most tokens to generate, those for reasoning included. */
  max_completion_tokens?: number | null | undefined;

  /**
   * The most tokens to generate. Older name of `max_completion_tokens`, which wins when both are there.
   *
   * @deprecated
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
   * How many answers to generate.
   *
   * @default 1
   */
  n?: number | null | undefined;

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

  /**
   * Whether to tell the log probability of every generated token.
   *
   * @default false
   */
  logprobs?: boolean | null | undefined;

  /** How many of the likeliest tokens to tell at each position. Needs `logprobs`. */
  top_logprobs?: number | null | undefined;

  /** The form that the answer must have. */
  response_format?: ResponseFormat | undefined;

  /** The functions that the model may call. */
  tools?: Tool[] | undefined;

  /** Whether the model calls tools, and which. */
  tool_choice?: ToolChoice | undefined;

  /**
   * Whether the model may call several tools in one answer.
   *
   * @default true
   */
  parallel_tool_calls?: boolean | undefined;

  /** How much a reasoning model shall think before it answers. */
  reasoning_effort?: ReasoningEffort | null | undefined;

  /** Notes to keep with the request. */
  metadata?: { [key: string]: string } | null | undefined;

  /** Names the end user, for finding abuse. */
  user?: string | undefined;
}
