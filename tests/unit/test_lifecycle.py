"""The law, read as a table."""

from __future__ import annotations

from outbox.lifecycle import FINAL, LEASED, LEASES, MOVES, WAITING, Role, State, mermaid

MACHINES = set(Role) - {Role.HUMAN, Role.AGENT}


def test_no_machine_may_lead_what_may_have_left_to_where_it_could_be_sent() -> None:
    reachable = {State.RELEASING, State.STRANDED}
    while (
        more := {
            move.target for move in MOVES if move.source in reachable and move.by in MACHINES
        }
        - reachable
    ):
        reachable |= more

    assert State.SENDING not in reachable
    assert State.APPROVED not in reachable


def test_only_a_person_approves_or_their_grant_what_is_not_in_review() -> None:
    into_approved = {
        (move.source, move.by)
        for move in MOVES
        if move.target is State.APPROVED and move.source in WAITING
    }

    assert into_approved == {
        (State.IN_REVIEW, Role.HUMAN),
        (State.AWAITING_APPROVAL, Role.HUMAN),
        (State.AWAITING_APPROVAL, Role.GRANTER),
    }
    assert {move.source for move in MOVES if move.by is Role.GRANTER} == {
        State.AWAITING_APPROVAL
    }


def test_what_is_sent_back_reaches_nobody_but_as_another_version_or_not_at_all() -> None:
    leaving = {(move.target, move.by) for move in MOVES if move.source is State.SENT_BACK}

    assert leaving == {
        *((State.SUBMITTED, role) for role in (Role.AGENT, Role.HUMAN)),
        *((State.WITHDRAWN, role) for role in (Role.AGENT, Role.HUMAN)),
        (State.REJECTED, Role.HUMAN),
        (State.EXPIRED, Role.SWEEPER),
    }
    assert {move.by for move in MOVES if move.target is State.SENT_BACK} == {Role.HUMAN}


def test_only_the_permit_leads_to_releasing() -> None:
    assert {move[::2] for move in MOVES if move.target is State.RELEASING} == {
        (State.SENDING, Role.SENDER)
    }


def test_nothing_leaves_a_final_state() -> None:
    assert {State.SENT, State.REJECTED, State.WITHDRAWN, State.EXPIRED} == FINAL


def test_every_state_is_unborn_waiting_leased_stranded_or_final() -> None:
    others = {State.UNBORN, State.STRANDED}

    assert set(WAITING) | LEASED | FINAL | others == set(State)


def test_an_expired_lease_after_the_permit_strands() -> None:
    [releasing] = [lease for lease in LEASES if lease.state is State.RELEASING]

    assert releasing.on_expiry is releasing.exhausted is State.STRANDED


def test_the_picture_draws_every_arrow_of_the_law() -> None:
    picture = mermaid()

    assert all(f"{move.target}:" in picture for move in MOVES)
    assert picture.count("-->") == len({(move.source, move.target) for move in MOVES})
