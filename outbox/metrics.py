"""Every metric of ours: its name, its labels and its meaning, in one place.

Workers count what they do.  What is true of the database as a whole is a `Reading`:
`outbox.gauges` reads it at each scrape, in one process.  No label ever holds an id, a key
or an address: each has a handful of values, and `LABELS` says which.
"""

from __future__ import annotations

from dataclasses import dataclass

from prometheus_client import Counter, Gauge, Histogram
from prometheus_client.core import GaugeMetricFamily

LABELS = {
    "stage": "`score`, `route`, `grant`, `send`, `sweep`, `attest`, `notify` or `relay`",
    "state": "a state of the lifecycle; of what is published, or a notice about what waits",
    "channel": "a channel that there is: `email`; `other` for what is none",
    "outcome": "`delivered`, `refused`, `uncertain`, `deferred` or `halted`; of a notification,"
    " `told` or `untold`",
    "reason": "one word of ours: of a permit, or the name of Kafka's error",
    "step": "`reminded` or `escalated`",
    "route": "a name in the file of who is told",
    "door": "`intake` or `console`",
    "status": "the class of an HTTP status: `2xx`, `3xx`, `4xx` or `5xx`",
    "version": "of this product",
}
"""Every label, and which values it has."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A metric as it is named once; a gauge of this kind is read when it is scraped."""

    name: str
    meaning: str
    labels: tuple[str, ...] = ()
    kind: str = "reading"

    def family(self) -> GaugeMetricFamily:
        """An empty family, to be filled with what was read."""
        return GaugeMetricFamily(self.name, self.meaning, labels=self.labels)


NAMED: list[Reading] = []
"""Every metric, in the order of this file."""


def _named(kind: str, name: str, meaning: str, labels: tuple[str, ...]) -> Reading:
    NAMED.append(Reading(f"holdshort_{name}", meaning, labels, kind))
    return NAMED[-1]


def _counter(name: str, meaning: str, *labels: str) -> Counter:
    return Counter(_named("counter", name, meaning, labels).name, meaning, labels)


def _gauge(name: str, meaning: str, *labels: str) -> Gauge:
    return Gauge(_named("gauge", name, meaning, labels).name, meaning, labels)


def _histogram(
    name: str, meaning: str, *labels: str, buckets: tuple[float, ...] = ()
) -> Histogram:
    own = _named("histogram", name, meaning, labels).name
    return Histogram(own, meaning, labels, buckets=buckets or _SECONDS)


def _reading(name: str, meaning: str, *labels: str) -> Reading:
    return _named("reading", name, meaning, labels)


# The reply to a final dot may take ten minutes.
_SECONDS = (0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 600)
_WAITS = (0.01, 0.05, 0.25, 1, 2.5, 5, 15, 60, 300, 3600)
_LAGS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60)

# Every process.
BUILD = _gauge("build_info", "1, of the version that runs.", "version")
LAST_LOOK = _gauge(
    "last_look_timestamp_seconds", "When this stage last came back from its work.", "stage"
)
LOOK_DURATION = _histogram("look_duration_seconds", "One look of a stage for work.", "stage")
DATABASE_LOST = _counter("database_lost_total", "Connections to the database that broke.")

# Stages.
CLAIMS = _counter("claims_total", "Intents that a stage took on.", "stage")
STAGE_WAIT = _histogram(
    *("stage_wait_seconds", "From when an intent was due until it was claimed.", "stage"),
    buckets=_WAITS,
)
STAGE_DURATION = _histogram(
    "stage_duration_seconds", "From the claim of one intent until its lease ended.", "stage"
)
LEASES_EXPIRED = _counter(
    "leases_expired_total", "Leases swept, by the state they were held in.", "state"
)
LEASES_LOST = _counter(
    "leases_lost_total", "Leases found taken away by their own worker.", "stage"
)
CONFIDENCE = _histogram(
    *("confidence_ratio", "The confidence that scorers gave."),
    buckets=(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1),
)
SCORER_FAILURES = _counter("scorer_failures_total", "Mails whose scorer failed: they score 0.")

# Sending.
ATTEMPTS = _counter("attempts_total", "What became of what was sent.", "channel", "outcome")
GATE_REFUSALS = _counter(
    "gate_refusals_total", "Permits that were not given, and why.", "reason"
)
NOT_AS_APPROVED = _counter(
    "not_as_approved_total", "Intents in a sender's hands that were not what was approved."
)
COMMITS_UNKNOWN = _counter(
    "commits_unknown_total", "Permits of which a broken connection told nothing."
)
DESTINATION_HALTED = _gauge(
    "destination_halted", "1 while a channel's destination is not trusted.", "channel"
)
ARMED = _reading("armed", "1 if sending is armed for the place where this sender stands.")

# People.
OVERDUE_SAID = _counter(
    "overdue_said_total", "Reminders and escalations of what waits.", "step"
)
NOTIFICATIONS = _counter(
    "notifications_total", "Notifications by route, told or not.", "route", "outcome"
)
DECOYS_CAUGHT = _reading("decoys_caught", "Decoys to which people said no, of 30 days.")
DECOYS_MISSED = _reading("decoys_missed", "Decoys to which people said yes, of 30 days.")
OVERRULED = _reading("second_looks_overruled", "Sealed yeses that met a no, of 30 days.")
TIGHTENED = _reading("reviewers_tightened", "People whose yes needs one more for a while.")
ANSWERS = _counter("http_answers_total", "Answers over HTTP.", "door", "status")

# Receipts.
RECEIPTS_ATTESTED = _counter(
    "receipts_attested_total", "Receipts that were signed and put into the log."
)
LOG_CONTRADICTED = _gauge(
    "log_contradicted", "1 while the log of receipts does not continue what was published."
)

# The relay.
EVENTS_PUBLISHED = _counter("events_published_total", "Moves that Kafka acknowledged.", "state")
PUBLISH_FAILURES = _counter(
    "publish_failures_total", "Moves that Kafka did not take, and why.", "reason"
)
RELAY_LAG = _histogram(
    *("relay_lag_seconds", "From moves recorded at once to their acknowledgement by Kafka."),
    buckets=_LAGS,
)
PRODUCER_REBUILDS = _counter(
    "producer_rebuilds_total", "Failed producers that were thrown away."
)

# The database as a whole.
READ = _reading("state_read", "1 if the gauges of the database could be read.")
INTENTS = _reading("intents", "Intents that are not final, by state.", "state", "channel")
OLDEST_AGE = _reading(
    "oldest_age_seconds", "How long the oldest intent is in this state.", "state"
)
OLDEST_DUE = _reading(
    "oldest_due_seconds",
    "How long the oldest intent waits for a stage that may take it.",
    "stage",
)
NOT_DUE = _reading("approved_not_due", "Approved intents that are held, or rest until later.")
DEFERRED = _reading("deferred", "Intents that people have put out of sight for a time.")
OVERDUE = _reading(
    "overdue", "Intents that wait for a person longer than the policy lets them.", "step"
)
OUTBOUND_ENABLED = _reading("outbound_enabled", "1 if the one switch is on.")
CALIBRATION_ERROR = _reading(
    *("calibration_error_ratio", "How far confidences are from the shares approved, 90 days."),
    "channel",
)
CALIBRATION_DRIFT = _reading(
    "calibration_drift",
    "By how many standard errors more are approved in 7 days than before, of equal confidence;"
    " below 0: fewer.",
    "channel",
)
CAP_USED = _reading("cap_used_ratio", "How much is used of the cap that is nearest its end.")
OUTBOX_UNPUBLISHED = _reading(
    "outbox_unpublished", "Recorded moves that Kafka does not have yet."
)
OUTBOX_AGE = _reading("outbox_oldest_age_seconds", "How old the oldest of those moves is.")
RECEIPTS_UNATTESTED = _reading(
    "receipts_unattested", "Receipts that no checkpoint of their log covers yet."
)
ATTEST_AGE = _reading("attest_oldest_age_seconds", "How old the oldest unsigned receipt is.")
LOG_SIZE = _reading("log_receipts", "Receipts under the newest checkpoint of the log.")
ROUTES_FAILING = _reading("routes_failing", "Routes that failed three times in a row.")


def answered(door: str, status: int) -> None:
    """Count an answer by the class of its status."""
    ANSWERS.labels(door=door, status=f"{status // 100}xx").inc()
