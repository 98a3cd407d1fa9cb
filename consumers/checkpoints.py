"""Checkpoints outside the database: whoever rolls it back has not rolled this back."""

from __future__ import annotations

import os
from pathlib import Path

from outbox.errors import BadSettings
from schemas.receipts.checkpoint import last_note

_END = 2**16
"""Bytes of the file's end that are read for the last of its notes; each has some hundred."""


class Checkpoints:
    """A file to which signed checkpoints are only added; without a path there is none."""

    def __init__(self, file: Path | None) -> None:
        self._file = file

    def last(self) -> str:
        """The last one that is whole; empty if there is none."""
        try:
            return last_note(self._end_of(self._file)) if self._file else ""
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise self._unusable(error) from None

    def add(self, note: str) -> None:
        """Add one and wait until it is on disk."""
        if self._file is None:
            return
        try:
            opened = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
            with os.fdopen(opened, "r+b", buffering=0) as file:
                file.write(self._rest_of_a_line(file.fileno()) + note.encode())
                os.fsync(file.fileno())
        except OSError as error:
            raise self._unusable(error) from None

    @staticmethod
    def _end_of(path: Path) -> str:
        with path.open("rb") as file:
            if file.seek(0, os.SEEK_END) > _END:
                file.seek(-_END, os.SEEK_END)
                file.readline()  # the rest of a line
            else:
                file.seek(0)
            return file.read().decode("utf-8", "replace")

    @staticmethod
    def _rest_of_a_line(file: int) -> bytes:
        """A crash may have left half of a checkpoint: it ends here."""
        size = os.fstat(file).st_size
        return b"\n" if size and os.pread(file, 1, size - 1) != b"\n" else b""

    def _unusable(self, error: OSError) -> BadSettings:
        return BadSettings(f"HOLDSHORT_CHECKPOINTS: {self._file}: {error.strerror}")
