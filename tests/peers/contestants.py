"""Who takes part, with which settings, and what each says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ADAPTERS = "tests.peers.adapters"
NOBODY = "nothing: it asks nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """One row of the table."""

    name: str
    package: str
    """Its distribution on the package index, also its lock and its environment."""
    adapter: str
    """The module that hands mails in and reads the product's books."""
    work: tuple[str, ...]
    """The worker that will be killed: a module and its arguments."""
    beside: tuple[tuple[str, ...], ...] = ()
    """What runs all the time and is not killed."""
    settings: Mapping[str, str] = field(default_factory=dict)
    approval: str
    """What a mail needs from a person before it leaves."""
    promise: str
    """What its documentation says about this very case."""


def _contestant(
    name: str,
    package: str,
    module: str,
    *,
    promise: str,
    approval: str = NOBODY,
    settings: Mapping[str, str] | None = None,
) -> Contestant:
    adapter = f"{ADAPTERS}.{module}"
    return Contestant(
        name=name,
        package=package,
        adapter=adapter,
        work=(adapter, "work"),
        settings=settings or {},
        approval=approval,
        promise=promise,
    )


CONTESTANTS = (
    Contestant(
        name="Holdshort",
        package="holdshort",
        adapter=f"{ADAPTERS}.holdshort_peer",
        work=("deploy.cli", "run", "sender"),
        beside=(("deploy.cli", "run", "sweeper"),),
        settings={
            "HOLDSHORT_SMTP_SENDERS": "billing@example.com",
            "HOLDSHORT_SEND_LEASE": "3s",
        },
        approval="a named person's approval of the digest of its bytes",
        promise="what may have left is never sent again by a machine: *stranded*",
    ),
    _contestant(
        "DBOS",
        "dbos",
        "dbos_peer",
        promise="steps run at least once; a finished step is not run again",
    ),
    _contestant(
        "DBOS, `max_recovery_attempts=0`",
        "dbos",
        "dbos_peer",
        settings={"PEER_DBOS_MAX_RECOVERY_ATTEMPTS": "0"},
        promise="a workflow that was recovered too often is given up, and listed as such",
    ),
    _contestant(
        "django-post-office",
        "django-post-office",
        "post_office_peer",
        promise="nothing is said about a worker that dies",
    ),
    _contestant(
        "django-post-office, `BATCH_SIZE` 1, `THREADS_PER_PROCESS` 1",
        "django-post-office",
        "post_office_peer",
        settings={"PEER_BATCH_SIZE": "1", "PEER_THREADS_PER_PROCESS": "1"},
        promise="the same; these two settings make a batch as small as it can be",
    ),
    _contestant(
        "PgQueuer",
        "pgqueuer",
        "pgqueuer_peer",
        promise="what a dead worker held is picked again once its heartbeat is stale",
    ),
    _contestant(
        "procrastinate",
        "procrastinate",
        "procrastinate_peer",
        promise="what a dead worker held stays `doing` until somebody acts; it can be listed",
    ),
    _contestant(
        'procrastinate, with its recipe "retry stalled jobs"',
        "procrastinate",
        "procrastinate_peer",
        settings={"PEER_RETRY_STALLED": "yes"},
        promise="the recipe starts again what a dead worker held",
    ),
    _contestant(
        "AgentBarrier",
        "agentbarrier",
        "agentbarrier_peer",
        settings={"PEER_LEASE": "5"},
        approval="a person's approval of the call's arguments",
        promise="a call whose outcome is not known is *unknown*, and not made again by itself",
    ),
)
