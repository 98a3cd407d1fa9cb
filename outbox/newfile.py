"""A file that holds the only copy of something, so no other file gives way to it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from outbox.errors import BadSettings


@contextmanager
def new_file(path: Path, *, mode: int = 0o666) -> Iterator[BinaryIO]:
    """Open it to be written; it is gone again if what follows fails.

    `mode` says who may read and write it.  Raises `BadSettings` if it is there already, or
    cannot be.
    """
    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except OSError as error:
        raise BadSettings(
            f"{path} cannot be made: {error.strerror}",
            hint="name a file that is not there yet, in a folder that is",
        ) from None
    try:
        with os.fdopen(made, "wb") as file:
            yield file
    except BaseException:
        path.unlink()
        raise
