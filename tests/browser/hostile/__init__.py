"""What an agent could write to make a reviewer's browser do something.

Each sample is a block of a text file.  In it stand, until it is served:

    %R  a statement that says on the console that it ran
    %U  an address of a server that should never be asked, `%N` without its scheme, `%H`
        host and port alone, `%W` for a WebSocket
    %D, %A  two thousand nested elements, twenty thousand attributes
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent
_BLOCK = re.compile(r"^=== (.+)\n", re.MULTILINE)


@dataclass(frozen=True)
class Sample:
    """One document that means harm."""

    name: str
    template: str

    @property
    def slug(self) -> str:
        return self.name.replace(" ", "-")

    def html(self, port: int) -> str:
        """The document; it would ask a server at this port."""
        host = f"{self.slug}.canary.example:{port}"
        words = {
            "R": f"console.log(`RAN:{self.slug}`)",
            "U": f"http://{host}/{self.slug}",
            "N": f"//{host}/{self.slug}",
            "H": host,
            "W": f"ws://{host}/{self.slug}",
            "D": "<div>" * 2_000,
            "A": " ".join(f"a{n}" for n in range(20_000)),
        }
        return re.sub("%([RUNHWDA])", lambda found: words[found[1]], self.template)


def corpus() -> tuple[Sample, ...]:
    """Every sample, each with a name of its own."""
    texts = (file.read_text("utf-8") for file in sorted(_HERE.glob("*.txt")))
    blocks = [_BLOCK.split(text)[1:] for text in texts]
    return tuple(
        Sample(name, template.rstrip("\n"))
        for block in blocks
        for name, template in zip(block[::2], block[1::2], strict=True)
    )
