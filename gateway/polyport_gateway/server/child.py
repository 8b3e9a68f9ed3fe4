"""One child process under the supervisor: started, watched, started again with growing pauses when it dies."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable

_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 5.0
#: A child that lived this long (seconds) starts over with the first pause.
_STEADY = 10.0


class Child:
    """A process that should always run. `on_status` gets every line that it reports.

    `command(status_fd)` and `stdin(status_fd)` give its arguments and what it reads on standard input. With
    `hold_stdin` that stays open, so that the child can tell by its end that the supervisor is gone.
    """

    def __init__(
        self,
        name: str,
        command: Callable[[int], list[str]],
        stdin: Callable[[int], bytes],
        on_status: Callable[[bytes], None],
        *,
        inherit: tuple[int, ...] = (),
        hold_stdin: bool = False,
    ) -> None:
        self.name = name
        self.restarts = 0
        self._command = command
        self._stdin = stdin
        self._on_status = on_status
        self._inherit = inherit
        self._hold_stdin = hold_stdin
        self._process: asyncio.subprocess.Process | None = None
        self._stopping = False
        self._task: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The process's id while it runs."""
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    def start(self, may_restart: Callable[[int], bool]) -> None:
        """Run the process; `may_restart(exit_code)` is asked after each end that was not wanted."""
        self._task = asyncio.create_task(self._keep(may_restart))

    def signal(self, number: int) -> None:
        """Send a signal, if it runs; it will not be started again."""
        self._stopping = True
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(number)

    async def stop(self, grace: float) -> None:
        """Ask it to end, wait at most `grace` seconds, then kill it."""
        self.signal(signal.SIGTERM)
        if self._task is None:
            return
        done, _ = await asyncio.wait({self._task}, timeout=grace)
        if not done:
            self.signal(signal.SIGKILL)
            await self._task

    async def _keep(self, may_restart: Callable[[int], bool]) -> None:
        pause = _FIRST_PAUSE
        while not self._stopping:
            started = time.monotonic()
            code = await self._once()
            if self._stopping or not may_restart(code):
                return
            pause = _FIRST_PAUSE if time.monotonic() - started > _STEADY else min(pause * 2, _LONGEST_PAUSE)
            self.restarts += 1
            say(f"{self.name} ended with {_describe(code)}; starting it again in {pause:.1f} s")
            await asyncio.sleep(pause)

    async def _once(self) -> int:
        reading, writing = os.pipe()
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command(writing),
                stdin=asyncio.subprocess.PIPE,
                pass_fds=(writing, *self._inherit),
                start_new_session=True,  # Ctrl-C is the supervisor's to hear
            )
        finally:
            os.close(writing)
        self._process = process
        if self._stopping:
            process.kill()
        status = asyncio.create_task(self._read_status(reading))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            assert process.stdin is not None
            process.stdin.write(self._stdin(writing))
            await process.stdin.drain()
            if not self._hold_stdin:
                process.stdin.close()
        code = await process.wait()
        await status
        return code

    async def _read_status(self, fd: int) -> None:
        reader = asyncio.StreamReader()
        with os.fdopen(fd, "rb") as pipe:
            transport, _ = await asyncio.get_running_loop().connect_read_pipe(
                lambda: asyncio.StreamReaderProtocol(reader), pipe
            )
            try:
                while line := await reader.readline():
                    self._on_status(line)
            finally:
                transport.close()


def say(text: str) -> None:
    """A line for the person who started the gateway, who may have stopped listening."""
    with contextlib.suppress(OSError, ValueError):
        print(text, file=sys.stderr, flush=True)


def _describe(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    with contextlib.suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"
