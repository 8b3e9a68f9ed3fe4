// Generated from the API's description. Changes to this file are overwritten.
import type { Block } from './block.js';
import type { Mood } from './mood.js';

/**
 * Something written down. It may hold `*\/` without harm, and this sentence is long enough to be broken into
 * more than one line of the comment.
 */
export interface Note {
  readonly id: string;
  blocks: Block[];
  mood: Mood;

  /**
   * Something written down. It may hold `*\/` without harm, and this sentence is long enough to be broken
   * into more than one line of the comment.
   */
  parent?: Note | null;
  size?: number;
}
