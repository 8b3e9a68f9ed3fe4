// Generated from the API's description. Changes to this file are overwritten.

export interface TextBlock {
  type: 'text';
  text: string;
}
