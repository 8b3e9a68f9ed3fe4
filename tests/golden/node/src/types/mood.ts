// Generated from the API's description. Changes to this file are overwritten.

export type Mood = 'calm' | "it's fine" | '' | (string & {});
