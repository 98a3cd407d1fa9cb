"""A stranger's verdict: whatever was done to receipts is found, and the first of it named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schemas.receipts import checkpoint, merkle
from schemas.receipts.bundle import Included, OfLog
from schemas.receipts.count import counted
from schemas.receipts.envelope import COUNT, STATEMENT, Envelope, sealed
from schemas.receipts.keys import trust_file
from schemas.receipts.reading import bytes_of, spelled
from tests.parts.bundles import Log, busy, busy_elsewhere
from tests.parts.receipts import EVES, OURS, TRUST
from tests.receipts.judging import said, without

LOG = busy()
ONE, TWO, WHOLE = LOG.of_intent(1), LOG.of_intent(2), LOG.of_log()


def edited(envelope: Envelope) -> Envelope:
    return replace(envelope, payload=envelope.payload.replace(b"2026", b"2027"))


def test_what_nobody_touched_is_valid() -> None:
    assert said(ONE).startswith("valid: intent 1: 6 receipts; log holdshort/")
    assert said(TWO).startswith("valid: intent 2: 10 receipts; log holdshort/")
    assert said(WHOLE).startswith("valid: log holdshort/")


@pytest.mark.fault("22 receipt edited")
def test_an_edited_receipt_is_named() -> None:
    [*receipts] = TWO.receipts
    receipts[3] = replace(receipts[3], envelope=edited(receipts[3].envelope))

    in_intent = said(replace(TWO, receipts=receipts))
    in_log = said(OfLog(WHOLE.note, [*WHOLE.receipts[:5], edited(WHOLE.receipts[5])]))

    assert in_intent.startswith("invalid: receipt 4 of 10: the signature")
    assert in_log.startswith("invalid: receipt 6 of 18: the signature")


@pytest.mark.fault("22 receipt deleted")
def test_a_deleted_receipt_is_named() -> None:
    gap = "it is number 4, but number 3 is due"
    assert said(without(TWO, 2)) == f"invalid: receipt 3 of 10: {gap}"
    left = [*WHOLE.receipts[:4], *WHOLE.receipts[5:]]
    assert said(OfLog(WHOLE.note, left)).startswith("invalid: receipt 5 of 18: it is at 5")


@pytest.mark.fault("22 receipts reordered")
def test_reordered_receipts_are_named() -> None:
    first, second, *rest = TWO.receipts
    one, other, *others = WHOLE.receipts

    in_intent = said(replace(TWO, receipts=[second, first, *rest]))
    in_log = said(OfLog(WHOLE.note, [other, one, *others]))

    assert in_intent == "invalid: receipt 1 of 10: it is number 2, but number 1 is due"
    assert in_log == "invalid: receipt 1 of 18: it is at 1 in the log, but 0 is due"


@pytest.mark.fault("22 receipts truncated")
def test_what_is_missing_at_the_end_is_named() -> None:
    assert said(without(TWO, 9)) == "invalid: receipt 10 of 10: it is missing"
    cut = OfLog(WHOLE.note, WHOLE.receipts[:-1])
    assert said(cut) == "invalid: receipt 18 of 18: it is missing"


@pytest.mark.fault("22 receipts truncated")
def test_an_older_count_does_not_hide_a_truncation() -> None:
    fewer = counted(2, 9, LOG.at(17), OURS)

    assert said(replace(without(TWO, 9), count=fewer)) == (
        "invalid: count: it is not of this intent in this log"
    )


def test_a_doubled_receipt_and_one_of_another_intent_are_named() -> None:
    doubled = replace(TWO, receipts=[TWO.receipts[0], *TWO.receipts])
    foreign = replace(TWO, receipts=[ONE.receipts[0], *TWO.receipts[1:]])

    assert said(doubled).startswith("invalid: receipt 2 of 10: it is not where the log has it")
    assert said(foreign) == "invalid: receipt 1 of 10: it is of another intent"


def test_an_empty_bundle_and_an_empty_trust_file_prove_nothing() -> None:
    assert said(replace(ONE, receipts=[])) == "invalid: bundle: it is empty"
    assert said(OfLog(WHOLE.note, [])) == "invalid: bundle: it is empty"
    assert said(ONE, trust=trust_file().encode()) == "invalid: trust file: no key is pinned"


def test_a_key_that_nobody_pinned_proves_nothing() -> None:
    eves = trust_file(EVES.key).encode()
    forged = replace(ONE, note=checkpoint.note(LOG.at(), EVES))

    assert said(ONE, trust=eves).startswith("invalid: checkpoint: it is signed by holdshort-")
    assert said(forged).startswith("invalid: checkpoint: it is signed by holdshort-")


def test_an_unsigned_item_is_named() -> None:
    [*receipts] = ONE.receipts
    receipts[1] = replace(receipts[1], envelope=replace(receipts[1].envelope, signature=b""))
    text = ONE.written().replace(b'"signatures":[{', b'"signatures":[],"x":[{', 1)

    assert said(replace(ONE, receipts=receipts)) == (
        "invalid: receipt 2 of 6: it is not signed"
    )
    assert said(replace(ONE, count=replace(ONE.count, signature=b""))) == (
        "invalid: count: it is not signed"
    )
    assert said(text).startswith("unreadable: ")


def test_a_signature_of_another_kind_or_by_another_key_is_none() -> None:
    [first, *rest] = ONE.receipts
    as_count = sealed(COUNT, first.envelope.payload, OURS)
    by_eve = sealed(STATEMENT, first.envelope.payload, EVES)
    in_our_name = replace(by_eve, signer=OURS.key.name)

    verdicts = [
        said(replace(ONE, receipts=[Included(other, first.proof), *rest]))
        for other in (as_count, by_eve, in_our_name)
    ]

    assert [verdict.partition(": it is")[0] for verdict in verdicts[:2]] == [
        "invalid: receipt 1 of 6"
    ] * 2
    assert verdicts[2].startswith("invalid: receipt 1 of 6: the signature of holdshort-")


def test_a_receipt_of_another_log_under_the_same_key_is_named() -> None:
    other = busy_elsewhere().of_intent(1)
    mixed = replace(ONE, receipts=[other.receipts[0], *ONE.receipts[1:]])

    assert said(mixed) == "invalid: receipt 1 of 6: it is of another log"


def test_a_receipt_that_was_signed_and_never_logged_is_named() -> None:
    forked = busy()
    forked.add(replace(forked.statements.pop(), actor="eve"))
    told = sealed(STATEMENT, forked.statements[-1].written(), OURS)
    last = TWO.receipts[-1]
    receipts = [*TWO.receipts[:-1], Included(told, last.proof)]

    assert said(replace(TWO, receipts=receipts)) == (
        "invalid: receipt 10 of 10: the log does not have it"
    )
    assert said(OfLog(WHOLE.note, [*WHOLE.receipts[:-1], told])) == (
        "invalid: bundle: these are not the receipts of its checkpoint"
    )


def test_a_chain_in_which_a_receipt_was_put_in_place_of_another_is_not_followed() -> None:
    log = Log().tell(1, "persisted").tell(1, "scored", previous="0" * 64)

    for bundle in (log.of_intent(1), log.of_log()):
        assert said(bundle) == (
            "invalid: receipt 2 of 2: it does not follow the receipt before it"
        )


def test_what_is_beyond_the_checkpoint_is_named() -> None:
    older = OfLog(LOG.note(17), WHOLE.receipts)

    assert said(older) == "invalid: receipt 18 of 17: it is beyond the checkpoint"


def test_a_checkpoint_under_the_hash_of_another_key_is_not_signed() -> None:
    signature = ONE.note.split()[-1]
    other = spelled(bytes(4) + bytes_of(signature, "it")[4:])

    assert said(replace(ONE, note=ONE.note.replace(signature, other))).startswith(
        "invalid: checkpoint: the signature of holdshort-"
    )


def test_no_proof_is_too_short_or_too_long_to_be_noticed() -> None:
    [first, *rest] = ONE.receipts
    for proof in (first.proof[1:], [*first.proof, first.proof[0]], []):
        bundle = replace(ONE, receipts=[replace(first, proof=proof), *rest])
        assert said(bundle).startswith("invalid: receipt 1 of 6: ")


def test_a_trust_file_may_pin_several_keys() -> None:
    both = trust_file(EVES.key, OURS.key).encode()

    assert said(ONE, trust=both) == said(ONE, trust=TRUST)


def test_the_tree_of_a_bundle_is_as_small_as_its_log_allows() -> None:
    assert all(len(one.proof) <= 5 for one in TWO.receipts)
    assert merkle.edge_of(18) == [(4, 0), (1, 8)]
