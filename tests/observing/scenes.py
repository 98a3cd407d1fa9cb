"""What Prometheus sees of a healthy pipeline, and of one in which one thing is wrong.

Every 15 seconds for 40 minutes, in the notation of promtool: `a+bxn` rises by b, `axn` stays.
"""

from __future__ import annotations

STAGES = ("score", "route", "grant", "send", "sweep", "attest", "relay")
STILL, RISES = "x160", "0+15x160"


def _of(metric: str, **labels: str) -> str:
    said = ",".join(f'{name}="{value}"' for name, value in labels.items())
    return f"holdshort_{metric}{{{said}}}"


STRANDED = _of("intents", state="stranded", channel="email")
APPROVED = _of("intents", state="approved", channel="email")
WAITED = _of("oldest_age_seconds", state="approved")
SWITCH = _of("outbound_enabled")
DELIVERED = _of("attempts_total", channel="email", outcome="delivered")
REFUSED = _of("attempts_total", channel="email", outcome="refused")
FAST = _of("stage_duration_seconds_bucket", stage="send", le="1")
SLOW = _of("stage_duration_seconds_bucket", stage="send", le="600")
ALL = _of("stage_duration_seconds_bucket", stage="send", le="+Inf")
INTAKE = {
    status: _of("http_answers_total", door="intake", status=status)
    for status in ("2xx", "4xx", "5xx")
}
ONE = 'up{job="holdshort",instance="one"}'

HEALTHY = {
    **{_of("last_look_timestamp_seconds", stage=stage): RISES for stage in STAGES},
    **{_of("oldest_due_seconds", stage=stage): f"2{STILL}" for stage in STAGES[:4]},
    **{_of(name): f"0{STILL}" for name in ("not_as_approved_total", "database_lost_total")},
    **{_of(name): f"0{STILL}" for name in ("log_contradicted", "routes_failing")},
    **{_of(name): f"1{STILL}" for name in ("state_read", "armed", "attest_oldest_age_seconds")},
    **{STRANDED: f"0{STILL}", APPROVED: f"3{STILL}", WAITED: f"9{STILL}", SWITCH: f"1{STILL}"},
    **{DELIVERED: RISES, REFUSED: "0+1x160", FAST: RISES, SLOW: RISES, ALL: RISES},
    **{INTAKE["2xx"]: RISES, INTAKE["4xx"]: "0+3x160", INTAKE["5xx"]: f"2{STILL}"},
    **{ONE: f"1{STILL}", _of("scorer_failures_total"): f"5{STILL}"},
    _of("gate_refusals_total", reason="signature_invalid"): f"1{STILL}",
    _of("gate_refusals_total", reason="quiet_hours"): "0+2x160",
    _of("leases_expired_total", state="scoring"): f"9{STILL}",
    _of("destination_halted", channel="email"): f"0{STILL}",
    _of("cap_used_ratio"): f"0.9{STILL}",
    _of("calibration_drift", channel="email"): f"-3.9{STILL}",
    _of("calibration_drift", channel="webhook"): f"3.9{STILL}",
    **{_of("decoys_missed"): f"3{STILL}", _of("decoys_caught"): f"9{STILL}"},
    _of("outbox_oldest_age_seconds"): f"0.4{STILL}",
    _of("publish_failures_total", reason="kafka_down"): "0+1x160",
    _of("overdue", step="reminded"): f"4{STILL}",
    _of("overdue", step="escalated"): f"0{STILL}",
}
"""Refusals and failures of yesterday, what Kafka's outage counts, and limits that hold."""

WRONG: dict[str, dict[str, str]] = {
    "HoldshortStranded": {STRANDED: f"2{STILL}"},
    "HoldshortNotAsApproved": {_of("not_as_approved_total"): "0x130 1x30"},
    "HoldshortUnauthorised": {_of("gate_refusals_total", reason="other_bytes"): "_x130 1x30"},
    "HoldshortLogContradicted": {_of("log_contradicted"): f"1{STILL}"},
    "HoldshortNotArmed": {_of("armed"): f"0{STILL}"},
    "HoldshortProcessDown": {'up{job="holdshort",instance="two"}': "1x130 0x30"},
    "HoldshortBlind": {_of("state_read"): f"0{STILL}"},
    "HoldshortStageHangs": {
        _of("last_look_timestamp_seconds", stage="send"): "0+15x60 900x100"
    },
    "HoldshortStageBehind": {_of("oldest_due_seconds", stage="send"): "0+15x160"},
    "HoldshortWorkersDie": {_of("leases_expired_total", state="releasing"): "_x120 5x40"},
    "HoldshortDatabaseLost": {_of("database_lost_total"): "0x100 0+1x60"},
    "HoldshortScorerFails": {_of("scorer_failures_total"): "5x130 6x30"},
    "HoldshortDestinationHalted": {_of("destination_halted", channel="email"): f"1{STILL}"},
    "HoldshortSendsFail": {DELIVERED: f"9{STILL}"},
    "HoldshortSendsSlowly": {FAST: "0+10x160"},
    "HoldshortSwitchForgotten": {SWITCH: f"0{STILL}", WAITED: "2000+15x160"},
    "HoldshortCapReached": {_of("cap_used_ratio"): f"1{STILL}"},
    "HoldshortRelayBehind": {_of("outbox_oldest_age_seconds"): RISES},
    "HoldshortKafkaRefuses": {
        _of("publish_failures_total", reason="TOPIC_AUTHORIZATION_FAILED"): "_x130 1x30"
    },
    "HoldshortAttesterBehind": {_of("attest_oldest_age_seconds"): RISES},
    "HoldshortEscalated": {_of("overdue", step="escalated"): f"1{STILL}"},
    "HoldshortCalibrationDrifts": {_of("calibration_drift", channel="email"): f"-4.1{STILL}"},
    "HoldshortDecoysMissed": {_of("decoys_missed"): f"4{STILL}"},
    "HoldshortNobodyIsTold": {_of("routes_failing"): f"1{STILL}"},
    "HoldshortDoorFails": {INTAKE["5xx"]: "0+3x160"},
    "HoldshortDoorRefuses": {INTAKE["4xx"]: "0+30x160"},
}
"""For each alert what is other than in `HEALTHY`; nothing else may be told then."""
