"""Write the page of all failpoints: `python -m deploy.failpoints docs/FAILPOINTS.md`."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from outbox.failpoints import Point, Room

HOUSE = Path(__file__).parents[1]
ROOMS = ("outbox", "schemas", "relay", "consumers", "deploy")

_HEAD = """\
# Failpoints

<!-- written by `make readme`; do not edit -->

Named places where a test may stop a process of the pipeline. `HOLDSHORT_FAILPOINT` arms
them, as `point=action@n` with commas between: at the n-th time (the first, if nothing is
said) that this process reaches the point, the action is done, once.

| action | what happens |
|---|---|
| `kill` | SIGKILL to the process; also what a point without an action means |
| `raise` | an error that nobody handles: the others drain, the process ends |
| `stop` | SIGSTOP to the process, until somebody sends SIGCONT |
| `sleep:500` | the thread sleeps for so many milliseconds |

```
HOLDSHORT_FAILPOINT=after_reply holdshort run sender
HOLDSHORT_FAILPOINT=before_answer=stop@3,after_renewal=sleep:500 holdshort run sender
```

Each is announced on stderr. A command refuses to start (exit code 2) where it is told a
point or an action that does not exist, or where its database, its broker or its mail server
is beyond this machine: only loopback addresses, `localhost` and Unix sockets are on it.
"""


class Place(NamedTuple):
    """Where a point is reached."""

    point: str
    file: str
    function: str


def places() -> Iterator[Place]:
    """Every `reach(Point.NAME)` in the product, as its source says."""
    for room in ROOMS:
        for file in sorted((HOUSE / room).rglob("*.py")):
            yield from _places(file.relative_to(HOUSE).as_posix(), file.read_text("utf-8"))


def page() -> str:
    """The whole page."""
    found = {place.point: place for place in places()}
    return "\n".join([_HEAD, f"{len(Point)} points:", *(_table(room, found) for room in Room)])


def _places(file: str, text: str) -> Iterator[Place]:
    for scope in ast.walk(ast.parse(text)):
        if not isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for statement in _own(scope):
            match statement:
                case ast.Call(
                    func=ast.Name("reach"), args=[ast.Attribute(ast.Name("Point"), name)]
                ):
                    yield Place(name.lower(), file, scope.name)


def _own(scope: ast.AST) -> Iterator[ast.AST]:
    """What is in this function, but not in one inside it."""
    for part in ast.iter_child_nodes(scope):
        if not isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
            yield part
            yield from _own(part)


def _table(room: Room, found: dict[str, Place]) -> str:
    rows = [
        f"| `{point}` | {point.meaning} | `{found[point].file}`, `{found[point].function}` |"
        for point in Point
        if point.room is room
    ]
    return "\n".join(
        [f"\n## {room}\n", "| point | what is true there | where |", "|---|---|---|", *rows]
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page() + "\n", encoding="utf-8")
