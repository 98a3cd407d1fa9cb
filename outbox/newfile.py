"""A file that holds the only copy of something, so no other file gives way to it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from outbox.errors import BadSettings


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Open it to be written; it is gone again if what follows fails.

    Raises `BadSettings` if it is there already, or cannot be.
    """
    try:
        file = path.open("xb")
    except OSError as error:
        raise BadSettings(
            f"{path} cannot be made: {error.strerror}",
            hint="name a file that is not there yet, in a folder that is",
        ) from None
    try:
        with file:
            yield file
            durable(file)
    except BaseException:
        path.unlink()
        raise


def durable(file: BinaryIO) -> None:
    """Return once what was written so far outlives a crash of the machine."""
    file.flush()
    os.fsync(file.fileno())
