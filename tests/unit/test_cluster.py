"""How Kafka is reached: over TLS beyond this machine, and a login over nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from outbox.cluster import NOWHERE, Cluster
from outbox.errors import BadSettings
from outbox.settings import Settings


def cluster(**given: object) -> Cluster:
    environ = {f"HOLDSHORT_{name.upper()}": str(value) for name, value in given.items()}
    return Settings.from_env(environ).cluster()


def refusal(**given: object) -> str:
    with pytest.raises(BadSettings) as refused:
        cluster(**given)
    return str(refused.value)


@pytest.fixture
def password(tmp_path: Path) -> Path:
    file = tmp_path / "password"
    file.write_text("hunter2\n")
    return file


@pytest.mark.parametrize(
    ("servers", "tls"),
    [
        ("localhost:9092", False),
        ("127.0.0.1:9092,127.8.0.1:9093", False),
        ("kafka:9092", True),
        ("10.0.0.1:9092", True),
        ("localhost:9092,kafka:9092", True),
        ("127.0.0.1.example.com:9092", True),
    ],
)
def test_beyond_this_machine_tls_is_on_by_itself(servers: str, tls: bool) -> None:
    assert cluster(kafka=servers).tls is tls


def test_whoever_turns_tls_off_beyond_this_machine_is_exposed() -> None:
    assert cluster(kafka="kafka:9092", kafka_tls="off").exposed
    assert not cluster(kafka="localhost:9092", kafka_tls="off").exposed
    assert not cluster(kafka="kafka:9092").exposed


def test_a_login_is_told_over_tls_only(password: Path) -> None:
    told = {"kafka_login": "holdshort", "kafka_password_file": password}

    assert "over TLS only" in refusal(kafka="kafka:9093", kafka_tls="off", **told)
    assert "over TLS only" in refusal(kafka="localhost:9093", **told)
    assert cluster(kafka="localhost:9093", kafka_tls="on", **told).protocol == "SASL_SSL"
    assert cluster(kafka="kafka:9093", **told).protocol == "SASL_SSL"


def test_a_login_and_its_password_go_together(password: Path, tmp_path: Path) -> None:
    assert "go together" in refusal(kafka="kafka:9093", kafka_login="holdshort")
    assert "go together" in refusal(kafka="kafka:9093", kafka_password_file=password)
    told = {"kafka": "kafka:9093", "kafka_login": "holdshort"}
    assert "cannot be read" in refusal(kafka_password_file=tmp_path / "none", **told)
    password.write_text("\n")
    assert "is empty" in refusal(kafka_password_file=password, **told)


def test_an_authority_that_nobody_would_ask_is_refused(password: Path, tmp_path: Path) -> None:
    assert "over TLS only" in refusal(kafka="localhost:9092", kafka_ca=password)
    assert "cannot be read" in refusal(kafka="kafka:9092", kafka_ca=tmp_path / "none")


def test_how_a_login_is_proven_is_one_of_three() -> None:
    assert refusal(kafka="kafka:9092", kafka_sasl="GSSAPI").startswith("HOLDSHORT_KAFKA_SASL")


def test_a_rotated_password_is_read_anew(password: Path) -> None:
    one = cluster(kafka="kafka:9093", kafka_login="holdshort", kafka_password_file=password)
    assert one.password() == "hunter2"

    password.write_text("hunter3")

    assert one.password() == "hunter3"
    assert "hunter" not in repr(one)


def test_without_a_broker_there_is_no_kafka() -> None:
    assert cluster() is NOWHERE
    assert not NOWHERE
