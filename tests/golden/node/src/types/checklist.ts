// Generated from the API's description. Changes to this file are overwritten.

export interface Checklist {
  type: 'checklist';
  items: ChecklistItem[];
}

export interface ChecklistItem {
  text: string;
  done?: boolean | undefined;
}
