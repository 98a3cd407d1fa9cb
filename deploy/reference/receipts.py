"""Every kind of receipt, and what it says."""

from __future__ import annotations

from deploy.reference.table import head, table
from schemas.receipts.kinds import OF_AN_INTENT, OF_THE_INSTALLATION

_SAID = """\
The word stands in `kind` of [the written format](RECEIPTS.md). Who wrote it and as whom is in
`role` and `actor`, what else was known in `evidence`."""


def page() -> str:
    columns = ("kind", "what it says")
    return (
        head("Kinds of receipts", _SAID)
        + "\nOf an intent:\n\n"
        + table(columns, ((f"`{kind}`", said) for kind, said in OF_AN_INTENT.items()))
        + "\nOf the installation, in a chain of their own:\n\n"
        + table(columns, ((f"`{kind}`", said) for kind, said in OF_THE_INSTALLATION.items()))
    )
