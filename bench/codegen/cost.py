"""CPU time and peak memory of a command, taken from the operating system's own account of that one process tree."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer


@dataclass(frozen=True)
class Cost:
    """`cpu` in seconds, user and system, of the process and all children it waited for; `peak` resident, in MB."""

    status: int
    cpu: float
    peak: float
    output: str
    #: It was ended because it took longer than it may; then `cpu` and `peak` are of what it had waited for.
    late: bool = False


def measure(command: Sequence[str], folder: Path | None = None, seconds: float | None = None) -> Cost:
    """Run a command to its end, or for so many seconds by the clock. OSError when it cannot be started."""
    with TemporaryFile() as output:
        # A session of its own: what it started ends with it.
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, cwd=folder, start_new_session=seconds is not None
        )
        late: list[float] = []

        def end() -> None:
            late.append(seconds or 0)
            os.killpg(process.pid, signal.SIGKILL)

        timer = Timer(seconds or 0, end)
        timer.daemon = True
        if seconds is not None:
            timer.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except KeyboardInterrupt:
            if seconds is not None:
                end()
            raise
        finally:
            timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode(errors="replace")
    return Cost(process.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text, bool(late))
