"""CPU time and peak memory of a command, taken from the operating system's own account of that one process tree."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile


@dataclass(frozen=True)
class Cost:
    """`cpu` in seconds, user and system, of the process and all children it waited for; `peak` resident, in MB."""

    status: int
    cpu: float
    peak: float
    output: str


def measure(command: Sequence[str], folder: Path | None = None) -> Cost:
    """Run a command to its end. OSError when it cannot be started."""
    with TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, cwd=folder)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode(errors="replace")
    return Cost(process.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text)
