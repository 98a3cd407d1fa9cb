"""Take receipts out of the log, with all that a stranger needs to verify them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from outbox import proofs
from outbox.errors import Conflict, NotFound
from outbox.proofs import Logged
from schemas.authority.evidence import Name, name_of, named
from schemas.authority.keeping import envelope_of
from schemas.receipts import checkpoint, merkle, statement
from schemas.receipts.bundle import Included, OfIntent, OfLog, Since, Word
from schemas.receipts.checkpoint import Checkpoint
from schemas.receipts.count import counted
from schemas.receipts.envelope import STATEMENT, Envelope
from schemas.receipts.keys import Signer
from schemas.receipts.merkle import Range
from schemas.receipts.reading import Unreadable

_RUN = "let an attester put them into the log: holdshort run attester"


def of_intent(connection: Connection, id: int, signer: Signer, *, since: str = "") -> OfIntent:
    """The receipts of one intent that the newest checkpoint covers.

    `since` is the text of an older checkpoint that the log is shown to continue.  Raises
    `NotFound` if the log has no receipt of it yet, and `Conflict` if `since` is none of
    this log.
    """
    note, at = _newest(connection)
    found = proofs.logged(connection, at.size, intent=id)
    if not found:
        raise NotFound(f"the log has no receipt of intent {id} yet", hint=_RUN)
    people = _people(connection, id, found, at)
    return OfIntent(
        intent=id,
        note=note,
        since=_since(connection, since, at) if since else None,
        count=counted(id, len(found), at, signer, people),
        receipts=_included(connection, found, at),
        people=people,
    )


def of_log(connection: Connection) -> OfLog:
    """Every receipt that the newest checkpoint covers.  Raises `NotFound` if there is none."""
    note, at = _newest(connection)
    found = proofs.logged(connection, at.size)
    kept = {name_of(one): one for one in map(envelope_of, proofs.documents(connection))}
    people = [kept[name] for name in _names(found) if name in kept]
    return OfLog(note, [_envelope(one) for one in found], people)


def _people(
    connection: Connection, id: int, found: Sequence[Logged], at: Checkpoint
) -> list[Word]:
    names = _names(found)
    kept = {
        name_of(one): one for one in map(envelope_of, proofs.documents(connection, intent=id))
    }
    about = {part for name in names for part in name}
    said = proofs.declared(connection, at.size, about)
    dated = _included(connection, [one for one, _ in said], at)
    return [
        *(Word(kept[name]) for name in names if name in kept),
        *(
            Word(envelope_of(document), receipt)
            for (_, document), receipt in zip(said, dated, strict=True)
        ),
    ]


def _names(found: Sequence[Logged]) -> list[Name]:
    """The documents that these receipts name, each once, in their order."""
    names = (name for one in found for name in named(statement.read(one.statement)))
    return list(dict.fromkeys(names))


def _included(
    connection: Connection, found: Sequence[Logged], at: Checkpoint
) -> list[Included]:
    paths = [merkle.inclusion(one.index, at.size) for one in found]
    proofs_of = zip(found, _hashed(connection, paths), strict=True)
    return [Included(_envelope(one), proof) for one, proof in proofs_of]


def _newest(connection: Connection) -> tuple[str, Checkpoint]:
    note = proofs.checkpoint(connection)
    if not note:
        raise NotFound("nothing is in the receipts log yet", hint=_RUN)
    return note, checkpoint.unverified(note)


def _since(connection: Connection, text: str, at: Checkpoint) -> Since:
    note = checkpoint.last_note(text)
    try:
        before = checkpoint.unverified(note)
    except Unreadable as error:
        raise Conflict(f"--since: {error}", hint="name a checkpoint of this log") from None
    if before.log != at.log or before.size > at.size:
        raise Conflict(
            f"--since: the log is {at.log} with {at.size} receipts, and that checkpoint is of"
            f" {before.log} with {before.size}",
            hint="if it was once signed, this database was rolled back or is another one",
        )
    [proof] = _hashed(connection, [merkle.consistency(before.size, at.size)])
    return Since(note, proof)


def _hashed(connection: Connection, paths: Sequence[Sequence[Range]]) -> list[list[bytes]]:
    places = {place for path in paths for span in path for place in merkle.nodes_of(span)}
    nodes = proofs.nodes(connection, sorted(places))
    return [merkle.hashed(path, nodes.__getitem__) for path in paths]


def _envelope(one: Logged) -> Envelope:
    return Envelope(STATEMENT, one.statement, one.key, one.signature)
