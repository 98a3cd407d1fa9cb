"""Where somebody may be sent after they have signed in."""

from __future__ import annotations

HOME = "/"


def local(path: str) -> str:
    """The path if every browser takes it for one of this console; else its first page.

    `//host` and `/\\host` are other sites, and a browser drops tabs and line ends.
    """
    plain = path.isascii() and path.isprintable() and "\\" not in path and " " not in path
    ours = path.startswith("/") and not path.startswith("//")
    return path if plain and ours and len(path) <= 2000 else HOME
