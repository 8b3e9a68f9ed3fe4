// Generated from the API's description. Changes to this file are overwritten.

export interface Checklist {
  type: 'checklist';
  items: Checklist.Item[];
}

export namespace Checklist {
  export interface Item {
    text: string;
    done?: boolean | undefined;
  }
}

export type ChecklistItem = Checklist.Item;
