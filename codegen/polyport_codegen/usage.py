"""Arguments of the commands, and what is said of wrong ones."""

from __future__ import annotations

import argparse
import re
from difflib import get_close_matches
from typing import NoReturn


class Parser(argparse.ArgumentParser):
    """argparse's parser with paragraphs and examples kept as they are, and a guess for a misspelt option."""

    def __init__(self, command: str, description: str, epilog: str) -> None:
        super().__init__(
            f"polyport {command}",
            description=description,
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, the nearest thing that would be right, and where to read more. Exit status 2."""
        guess = ""
        if found := re.match(r"unrecognized arguments: (-\S+)", message):
            word = found[1].partition("=")[0]
            known = [o for action in self._actions for o in action.option_strings]
            close = get_close_matches(word, known, 1)
            guess = f" Did you mean {close[0]}?" if close else ""
        self.exit(2, f"{self.prog}: {message}.{guess}\n`{self.prog} --help` tells more.\n")
