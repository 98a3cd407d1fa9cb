"""The console as a process: people look, decide and resolve there."""

from __future__ import annotations

from contextlib import closing
from functools import partial

import structlog
from sqlalchemy import Engine

from consumers import keyfile
from consumers.console.app import application
from consumers.console.parts import Parts
from consumers.console.signin.opening import who
from consumers.console.signin.ways import check_exposure, origin_of, ways_of
from deploy.authority import roots_of
from deploy.process import Process
from deploy.serving import listening, serve
from outbox.epoch import site_of
from outbox.people.accounts import accounts
from outbox.pools import pooled
from outbox.settings import Settings
from outbox.store import connect

log = structlog.get_logger()


def console(settings: Settings, process: Process) -> None:
    """Answer people until stopped.  Raises `BadSettings` for what would not be safe."""
    reads = pooled(settings.dsn)
    with reads.connect() as look:
        there = any(one.disabled_at is None for one in accounts(look))
    check_exposure(settings, accounts=there)
    parts = _parts(settings, reads, process)
    with listening(settings.console, setting="HOLDSHORT_CONSOLE") as listener:
        log.info("console up", at=parts.origin)
        process.run([partial(serve, application(parts), listener)])


def _parts(settings: Settings, reads: Engine, process: Process) -> Parts:
    origin, key, root = origin_of(settings), settings.key_file, settings.root_file
    return Parts(
        reads=reads,
        writing=lambda: closing(connect(settings.dsn, application="holdshort console")),
        who=who,
        ways=ways_of(settings, origin),
        origin=origin,
        approvals=settings.approvals,
        signer=keyfile.load(key, "HOLDSHORT_KEY_FILE") if key else None,
        valid_for=settings.approval_valid_for,
        hold=settings.approval_hold,
        review_below=settings.review_below,
        site=site_of(settings),
        stop=process.stopping,
        roots=roots_of(settings) if settings.trust else None,
        root=keyfile.load(root, "HOLDSHORT_ROOT_FILE") if root else None,
    )
