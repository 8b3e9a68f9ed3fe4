// Generated from the API's description. Changes to this file are overwritten.
import type { Block } from './block.js';

export interface NewNote {
  blocks: Block[];

  /** @default false */
  stream?: boolean | undefined;

  /** Null takes it away. */
  title?: string | null | undefined;
  size?: number | bigint | undefined;
  labels?: { [key: string]: string } | undefined;
}
