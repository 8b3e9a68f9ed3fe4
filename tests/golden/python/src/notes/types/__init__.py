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
    from .list_notes_response import ListNotesResponse as ListNotesResponse
    from .mood import Mood as Mood
    from .new_note_param import NewNoteParam as NewNoteParam
    from .note import Note as Note
    from .text_block import TextBlock as TextBlock
    from .text_block_param import TextBlockParam as TextBlockParam
else:
    #: Module -> the names that are imported from it when they are first asked for, apart by spaces.
    _EXPORTS = {
        ".attach_file_request_param": "AttachFileRequestParam",
        ".block": "Block",
        ".block_param": "BlockParam",
        ".checklist": "Checklist ChecklistItem",
        ".checklist_param": "ChecklistItemParam ChecklistParam",
        ".error": "Error",
        ".list_notes_response": "ListNotesResponse",
        ".mood": "Mood",
        ".new_note_param": "NewNoteParam",
        ".note": "Note",
        ".text_block": "TextBlock",
        ".text_block_param": "TextBlockParam",
    }
    _MODULES = {name: module for module, names in _EXPORTS.items() for name in names.split()}
    __all__ = sorted(_MODULES)  # for `import *`; checkers read the imports above

    def __getattr__(name):
        from importlib import import_module

        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_MODULES[name], __name__), name)
        globals()[name] = value
        return value

    def __dir__():
        return sorted([*globals(), *_MODULES])
