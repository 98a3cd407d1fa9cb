"""Receipts that are all signed, and that tell what must never happen."""

from __future__ import annotations

import pytest

from tests.parts.bundles import (
    BYTES,
    OF_A_MANIFEST,
    OTHER_BYTES,
    OTHER_MANIFEST,
    Log,
    approved,
    permitted,
)
from tests.receipts.judging import said

NO_APPROVAL = "an effect without approval: no approval of exactly this is left"
SECOND = "a second effect, and nothing resolves the first"


def verdicts(log: Log) -> set[str]:
    """What is wrong with the intent, and with the whole log: it must be the same."""
    return {said(log.of_intent(1)).split(": ", 2)[-1], said(log.of_log()).split(": ", 2)[-1]}


def test_a_permit_needs_an_approval() -> None:
    assert verdicts(permitted(Log().tell(1, "persisted"), 1)) == {NO_APPROVAL}


def test_an_approval_is_of_a_person() -> None:
    log = Log().tell(1, "persisted")
    log.tell(1, "approved", role="scorer", evidence={"approval": 1})

    assert verdicts(permitted(log, 1)) == {NO_APPROVAL}


def test_an_approval_may_be_a_use_of_a_standing_grant_that_it_names() -> None:
    use = {"approval": 1, "grant": 3, "use": 7}
    log = Log().tell(1, "persisted").tell(1, "approved", role="granter", evidence=use)

    assert said(permitted(log, 1).of_intent(1)).startswith("valid")


@pytest.mark.parametrize(
    "use", [{}, {"grant": 3}, {"use": 7}, {"grant": True, "use": 7}, {"grant": 3, "use": 0}]
)
def test_a_granter_approves_nothing_without_a_grant(use: dict[str, object]) -> None:
    log = Log().tell(1, "persisted")
    log.tell(1, "approved", role="granter", evidence={"approval": 1, **use})

    assert verdicts(permitted(log, 1)) == {NO_APPROVAL}


def test_an_approval_is_of_these_very_bytes() -> None:
    log = approved(Log(), 1).tell(1, "edited", digest=OTHER_BYTES)

    assert verdicts(permitted(log, 1, digest=OTHER_BYTES)) == {NO_APPROVAL}


def test_an_approval_is_of_this_very_manifest() -> None:
    log = approved(Log(), 1)
    evidence = {"approval": 1, "attempt": 1, "manifest": OTHER_MANIFEST}

    assert verdicts(log.tell(1, "permit", fence=9, evidence=evidence)) == {NO_APPROVAL}


def test_what_was_sent_is_what_was_permitted_as_its_manifest_says() -> None:
    log = permitted(approved(Log(), 1), 1)
    log.tell(1, "sent", fence=9, evidence={"manifest": OTHER_MANIFEST})

    why = "an effect without approval: it was sent without a permit"
    assert verdicts(log) == {why}


@pytest.mark.parametrize("manifest", [None, "", "C" * 64, True, 7])
@pytest.mark.parametrize("kind", OF_A_MANIFEST)
def test_an_approval_and_an_effect_name_their_manifest(kind: str, manifest: object) -> None:
    log = Log()
    for told in OF_A_MANIFEST:
        evidence: dict[str, object] = {"approval": 1}
        if told == kind:
            evidence["manifest"] = manifest
        log.tell(1, told, fence=9, evidence=evidence)

    assert verdicts(log) == {f"{kind} names no manifest"}


def test_a_revoked_approval_is_none() -> None:
    log = approved(Log(), 1).tell(1, "revoked", evidence={"approval": 1})

    assert verdicts(permitted(log, 1)) == {NO_APPROVAL}


def test_an_approval_is_spent_by_one_permit() -> None:
    log = permitted(approved(Log(), 1), 1).tell(1, "refused", fence=9)

    assert verdicts(permitted(log, 1, fence=10)) == {NO_APPROVAL}


def test_nothing_is_sent_without_a_permit() -> None:
    why = "an effect without approval: it was sent without a permit"
    assert verdicts(approved(Log(), 1).tell(1, "sent", fence=9)) == {why}
    assert verdicts(permitted(approved(Log(), 1), 1).tell(1, "sent", fence=8)) == {why}
    bytes_changed = permitted(approved(Log(), 1), 1).tell(
        1, "sent", fence=9, digest=OTHER_BYTES
    )
    assert verdicts(bytes_changed) == {why}


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        ("sent", {"fence": 9}),
        ("stranded", {"fence": 9}),
        ("refused", {"fence": 8}),
        ("refused", {"fence": 9, "evidence": {"late": True}}),
        ("put_back", {"fence": 9}),
        ("resolved", {"evidence": {"as": "sent"}}),
    ],
)
def test_a_second_effect_needs_a_recorded_end_of_the_first(
    ends: str, told: dict[str, object]
) -> None:
    log = permitted(approved(Log(), 1), 1).tell(1, ends, **told)
    log.tell(1, "approved", evidence={"approval": 2})

    assert verdicts(permitted(log, 1, 2, 10)) == {SECOND}


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        ("refused", {"fence": 9}),
        ("resolved", {"evidence": {"as": "in_review"}}),
    ],
)
def test_what_surely_did_not_arrive_may_be_sent_again(
    ends: str, told: dict[str, object]
) -> None:
    log = permitted(approved(Log(), 1), 1).tell(1, ends, **told)
    log.tell(1, "approved", evidence={"approval": 2}, digest=BYTES)
    permitted(log, 1, 2, 10).tell(1, "sent", fence=10)
    log.tell(1, "sent", fence=9, evidence={"late": True})

    assert said(log.of_intent(1)).startswith("valid")
    assert said(log.of_log()).startswith("valid")


@pytest.mark.parametrize("evidence", [{}, {"approval": None}, {"approval": True}])
def test_a_permit_names_its_approval(evidence: dict[str, object]) -> None:
    log = approved(Log(), 1).tell(1, "permit", fence=9, evidence=evidence)

    assert verdicts(log) == {"permit names no approval"}


def test_no_two_permits_are_under_one_fence() -> None:
    log = permitted(approved(Log(), 1), 1).tell(1, "refused", fence=9)
    log.tell(1, "approved", evidence={"approval": 2})

    assert verdicts(permitted(log, 1, 2, 9)) == {"a permit under no fence of its own"}


def test_another_intent_s_approval_is_none() -> None:
    log = approved(approved(Log(), 1, 1), 2, 2)

    assert verdicts(permitted(log, 1, 2)) == {NO_APPROVAL}
