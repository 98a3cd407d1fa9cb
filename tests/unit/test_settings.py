"""A setting is known, well formed and written down, or it is refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from outbox.errors import BadSettings
from outbox.settings import Settings, describe
from outbox.spelling import duration, spelled

SMTP = "smtps://billing@mail.example.com:465"


def read(**given: str) -> Settings:
    return Settings.from_env(
        {f"HOLDSHORT_{name.upper()}": value for name, value in given.items()}
    )


def refusal(**given: str) -> str:
    with pytest.raises(BadSettings) as refused:
        read(**given)
    assert refused.value.hint == "see every setting and its meaning: holdshort settings"
    return str(refused.value)


def test_without_any_setting_nothing_may_be_sent_and_nobody_is_asked() -> None:
    settings = read()

    assert (settings.dsn, settings.kafka, settings.http) == ("", "", "")
    assert not settings.smtp
    assert settings.smtp_senders == frozenset()


def test_every_setting_can_be_given() -> None:
    settings = read(
        dsn="postgresql://db/app",
        kafka="one:9092,two:9092",
        smtp=SMTP,
        smtp_ca="ca.pem",
        smtp_senders="a@example.com, b@example.com",
        smtp_keep="0s",
        review_below="0.85",
        approval_valid_for="36h",
        send_lease="20s",
        look_every="500ms",
        sender_threads="8",
        http="127.0.0.1:9464",
        log="json",
    )

    assert settings.smtp_senders == {"a@example.com", "b@example.com"}
    assert settings.smtp_ca == Path("ca.pem")
    assert settings.smtp_keep == dt.timedelta(0)
    assert settings.approval_valid_for == dt.timedelta(hours=36)
    assert settings.look_every == dt.timedelta(milliseconds=500)
    assert (settings.review_below, settings.sender_threads) == (0.85, 8)


def test_an_unknown_name_is_refused_and_the_nearest_named() -> None:
    assert (
        refusal(smpt=SMTP) == "HOLDSHORT_SMPT is not a setting; the nearest is HOLDSHORT_SMTP"
    )


def test_what_belongs_to_the_tests_and_failpoints_is_left_to_them() -> None:
    assert read(test_dsn="x", failpoint="after_dot") == read()
    assert Settings.from_env({"PATH": "/bin", "holdshort_dsn": "x"}) == read()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("review_below", "nan"),
        ("review_below", "1.01"),
        ("review_below", "-0.1"),
        ("review_below", ""),
        ("send_lease", "1s"),
        ("send_lease", "1h"),
        ("send_lease", "15"),
        ("approval_valid_for", "0s"),
        ("approval_valid_for", "-1h"),
        ("approval_valid_for", "9999999d"),
        ("approval_valid_for", "٣h"),
        ("look_every", "0ms"),
        ("sender_threads", "0"),
        ("sender_threads", "two"),
        ("http", "9464"),
        ("http", "localhost:99999"),
        ("http", "one:1,two:2"),
        ("kafka", "one:9092,"),
        ("kafka", "kafka://one:9092"),
        ("log", "pretty"),
    ],
)
def test_a_malformed_value_is_refused_by_its_name(name: str, value: str) -> None:
    assert refusal(**{name: value}).startswith(f"HOLDSHORT_{name.upper()}: ")


def test_no_refusal_and_no_picture_shows_a_secret() -> None:
    told = refusal(kafka="hunter2 hunter2", smtp="smtps://billing:hunter2@mail")
    shown = repr(read(smtp="smtps://billing:hunter2@mail", dsn="postgresql://a:hunter2@db"))

    assert "hunter2" not in told + shown


def test_the_password_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("p@ss/w:rd \n")

    settings = read(smtp=SMTP, smtp_password_file=str(file))

    assert settings.smtp_url() == "smtps://billing:p%40ss%2Fw%3Ard%20@mail.example.com:465"


def test_a_password_is_given_in_one_place(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("one")
    settings = read(smtp="smtps://billing:two@mail", smtp_password_file=str(file))

    with pytest.raises(BadSettings, match="names a login alone"):
        settings.smtp_url()


def test_a_password_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    settings = read(smtp=SMTP, smtp_password_file=str(tmp_path / "missing"))

    with pytest.raises(BadSettings, match=r"SMTP_PASSWORD_FILE: .*FileNotFoundError"):
        settings.smtp_url()


def test_a_command_that_needs_a_database_is_never_given_a_guess() -> None:
    assert read(dsn="postgresql://db").database() == "postgresql://db"
    with pytest.raises(BadSettings, match="no database is named"):
        read().database()


def test_every_setting_says_what_it_means() -> None:
    rows = {row.name: row for row in describe()}

    assert all(row.meaning.endswith(".") for row in rows.values())
    assert rows["HOLDSHORT_APPROVAL_VALID_FOR"].default == "24h"
    assert rows["HOLDSHORT_SMTP_SENDERS"].default == ""


def test_every_default_can_be_written_as_it_is_shown() -> None:
    shown = {row.name: row.default for row in describe()}

    assert Settings.from_env(shown) == read()


@pytest.mark.parametrize("text", ["500ms", "1500ms", "15s", "90s", "10m", "24h", "168h"])
def test_a_duration_is_spelled_as_it_is_read(text: str) -> None:
    assert spelled(duration(text)) == text
