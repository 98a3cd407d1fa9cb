"""Every metric of ours, its name and its labels, in one place.

Workers count what they do.  What is true of the database as a whole is a `Reading`:
`outbox.gauges` reads it at each scrape, in one process.  No label ever holds an id, a key
or an address: each has a handful of values.
"""

from __future__ import annotations

from dataclasses import dataclass

from prometheus_client import Counter, Gauge, Histogram
from prometheus_client.core import GaugeMetricFamily

CLAIMS = Counter("holdshort_claims_total", "Intents that a stage took on.", ["stage"])
STAGE_DURATION = Histogram(
    "holdshort_stage_duration_seconds",
    "From the claim of one intent until its lease was given back.",
    ["stage"],
    # The reply to a final dot may take ten minutes.
    buckets=(0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 600),
)
ATTEMPTS = Counter(
    "holdshort_attempts_total", "What became of what was sent.", ["channel", "outcome"]
)
GATE_REFUSALS = Counter(
    "holdshort_gate_refusals_total", "Permits that were not given, and why.", ["reason"]
)
LEASES_EXPIRED = Counter(
    "holdshort_leases_expired_total", "Leases swept, by the state they were held in.", ["state"]
)
LEASES_LOST = Counter(
    "holdshort_leases_lost_total", "Leases found taken away by their own worker.", ["stage"]
)
DESTINATION_HALTED = Gauge(
    "holdshort_destination_halted",
    "1 while a channel's destination is not trusted.",
    ["channel"],
)
OVERDUE_SAID = Counter(
    "holdshort_overdue_said_total", "Reminders and escalations of what waits.", ["step"]
)
NOTIFICATIONS = Counter(
    "holdshort_notifications_total",
    "Notifications by route, told or not.",
    ["route", "outcome"],
)
RECEIPTS_ATTESTED = Counter(
    "holdshort_receipts_attested_total", "Receipts that were signed and put into the log."
)

EVENTS_PUBLISHED = Counter(
    "holdshort_events_published_total", "Moves that Kafka acknowledged.", ["state"]
)
PUBLISH_FAILURES = Counter(
    "holdshort_publish_failures_total", "Moves that Kafka did not take, and why.", ["reason"]
)
RELAY_LAG = Histogram(
    "holdshort_relay_lag_seconds",
    "From a recorded move to its acknowledgement by Kafka.",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60),
)
PRODUCER_REBUILDS = Counter(
    "holdshort_producer_rebuilds_total", "Failed producers that were thrown away."
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A gauge whose values stand in the database."""

    name: str
    meaning: str
    labels: tuple[str, ...] = ()

    def family(self) -> GaugeMetricFamily:
        """An empty family, to be filled with what was read."""
        return GaugeMetricFamily(self.name, self.meaning, labels=self.labels)


INTENTS = Reading(
    "holdshort_intents", "Intents that are not final, by state.", ("state", "channel")
)
OLDEST_AGE = Reading(
    "holdshort_oldest_age_seconds", "How long the oldest intent is in this state.", ("state",)
)
OUTBOUND_ENABLED = Reading("holdshort_outbound_enabled", "1 if the one switch is on.")
OUTBOX_UNPUBLISHED = Reading(
    "holdshort_outbox_unpublished", "Recorded moves that Kafka does not have yet."
)
OVERDUE = Reading(
    "holdshort_overdue",
    "Intents that wait for a person longer than the policy lets them wait unheard.",
    ("step",),
)
RECEIPTS_UNATTESTED = Reading(
    "holdshort_receipts_unattested", "Receipts that no checkpoint of their log covers yet."
)
