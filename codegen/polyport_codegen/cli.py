"""The command `polyport`. A subcommand's module is imported when it is called, so that `--help` answers at once."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import cast

#: Name -> what it is for, and the `module:function` that takes the arguments and gives the exit status.
COMMANDS = {
    "serve": ("run the gateway: REST and gRPC on one port", "polyport_gateway.server.command:main"),
    "chat": ("talk to a model in the terminal", "polyport_gateway.engine.chat_command:main"),
    "model": ("list, pull and describe local models", "polyport_gateway.engine.model_command:main"),
    "generate": ("generate client SDKs, the proto and server glue", "polyport_codegen.generate_command:generate"),
    "check": ("check that generated files are what the spec gives", "polyport_codegen.generate_command:check"),
    "lint": ("check an OpenAPI document", "polyport_codegen.lint_command:main"),
}


def _help() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {about}" for name, (about, _) in COMMANDS.items()]
    return "\n".join(
        ["usage: polyport COMMAND [...]", "", "commands:", *lines, "", "`polyport COMMAND --help` tells more.", ""]
    )


def main(argv: list[str] | None = None) -> int:
    """Run one command and give its exit status (2 for wrong usage, 130 for Ctrl-C, 141 when nobody reads its output)."""
    try:
        try:
            return _run(sys.argv[1:] if argv is None else argv)
        finally:
            if sys.stdout is not None:  # as it is when it was closed
                sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        if error.filename is not None or error.errno not in (errno.EPIPE, errno.ENOSPC):
            raise
        # What is left in the buffer must go somewhere, or Python complains of it when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        if error.errno == errno.EPIPE:  # `polyport ... | head`
            return 141
        print(f"polyport: cannot write its output: {error.strerror}", file=sys.stderr)
        return 1


def _run(args: list[str]) -> int:
    if not args or args[0] in ("-h", "--help", "help"):
        print(_help(), end="")
        return 0 if args else 2
    if args[0] in ("-V", "--version"):
        from . import __version__

        print(f"polyport {__version__}")
        return 0
    if args[0] not in COMMANDS:
        from difflib import get_close_matches

        close = get_close_matches(args[0], COMMANDS, 1)
        guess = f" Did you mean {close[0]!r}?" if close else ""
        print(f"polyport: no command {args[0]!r}.{guess}\n\n{_help()}", end="", file=sys.stderr)
        return 2
    module, _, function = COMMANDS[args[0]][1].partition(":")
    try:
        run = cast(Callable[[list[str]], int], getattr(import_module(module), function))
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("polyport_"):
            raise
        print(
            f"polyport {args[0]}: needs the package {error.name!r}: pip install 'polyport-tools[gateway,engine]'",
            file=sys.stderr,
        )
        return 1
    return run(args[1:])


if __name__ == "__main__":
    sys.exit(main())
