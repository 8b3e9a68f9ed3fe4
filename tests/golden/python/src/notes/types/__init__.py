"""All types of the API: results by their names, input as `...Param`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .attach_file_request_param import AttachFileRequestParam as AttachFileRequestParam
    from .block import Block as Block
    from .block_param import BlockParam as BlockParam
    from .checklist import Checklist as Checklist
    from .checklist import ChecklistItem as ChecklistItem
    from .checklist_param import ChecklistItemParam as ChecklistItemParam
    from .checklist_param import ChecklistParam as ChecklistParam
    from .error import Error as Error
    from .mood import Mood as Mood
    from .new_note_param import NewNoteParam as NewNoteParam
    from .note import Note as Note
    from .note_list import NoteList as NoteList
    from .text_block import TextBlock as TextBlock
    from .text_block_param import TextBlockParam as TextBlockParam
else:
    from .._runtime.lazy import lazy_names

    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            ".attach_file_request_param": "AttachFileRequestParam",
            ".block": "Block",
            ".block_param": "BlockParam",
            ".checklist": "Checklist ChecklistItem",
            ".checklist_param": "ChecklistItemParam ChecklistParam",
            ".error": "Error",
            ".mood": "Mood",
            ".new_note_param": "NewNoteParam",
            ".note": "Note",
            ".note_list": "NoteList",
            ".text_block": "TextBlock",
            ".text_block_param": "TextBlockParam",
        },
    )
