"""What an answer over HTTPS means, and whom a notifier talks to at all."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import ssl
import time
from email.utils import format_datetime
from pathlib import Path

import pytest
import trustme

from consumers.notifying.message import Message, message
from consumers.notifying.outcome import Outcome, Told, Untold
from consumers.notifying.web import LONGEST_WISH, Slack, Webhook
from outbox.notices import Kind, Notice
from tests.parts.catcher import OK, Answer, Catcher, catching, drip, hang, hang_up, status
from tests.parts.notifying import SECRET

NOW = dt.datetime.now(dt.UTC)
SOON = dt.timedelta(milliseconds=400)
CONSOLE = "https://console.example"


def a_message() -> Message:
    return message("on-call", [Notice(Kind.STRANDED, 7, "stranded", NOW)], CONSOLE, NOW)


def trusting(file: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=file)


def told(catcher: Catcher, *, within: dt.timedelta = dt.timedelta(seconds=10)) -> Outcome:
    tls = trusting(catcher.ca_file)
    return Webhook(f"{catcher.url}/hook", SECRET, tls, within=within).tell(a_message())


def test_a_webhook_is_signed_as_its_standard_says(tmp_path: Path) -> None:
    with catching(tmp_path) as catcher:
        assert told(catcher) == Told()

    [came] = catcher.came
    id, at, signature = (came.headers[f"webhook-{n}"] for n in ("id", "timestamp", "signature"))
    signed = f"{id}.{at}.".encode() + came.body
    expected = base64.b64encode(hmac.new(SECRET, signed, hashlib.sha256).digest()).decode()
    assert signature == f"v1,{expected}"
    assert abs(int(at) - time.time()) < 60
    assert (came.path, came.json["type"]) == ("/hook", "holdshort.waiting.v1")
    assert came.json["data"]["counts"] == {"stranded": 1}


def test_what_is_told_again_has_the_same_id(tmp_path: Path) -> None:
    with catching(tmp_path) as catcher:
        told(catcher)
        told(catcher)

    first, second = (came.headers["webhook-id"] for came in catcher.came)
    assert first == second


def test_slack_gets_a_text(tmp_path: Path) -> None:
    with catching(tmp_path) as catcher:
        way = Slack(f"{catcher.url}/services/T0", trusting(catcher.ca_file))
        assert way.tell(a_message()) == Told()

    assert "*Holdshort: 1 stranded*" in catcher.came[0].json["text"]
    assert "https://console.example/intents/7" in catcher.came[0].json["text"]


@pytest.mark.parametrize("code", [300, 302, 400, 401, 404, 410, 429, 500, 503])
def test_what_is_not_a_yes_is_not_told_and_no_redirect_is_followed(
    tmp_path: Path, code: int
) -> None:
    with catching(tmp_path, status(code, location="/elsewhere")) as catcher:
        assert told(catcher) == Untold(f"the answer was {code}")

    assert [came.path for came in catcher.came] == ["/hook"]


@pytest.mark.parametrize(
    ("wish", "pause"),
    [
        ("7", dt.timedelta(seconds=7)),
        ("999999999999", LONGEST_WISH),
        ("-1", dt.timedelta(0)),
        ("soon", dt.timedelta(0)),
        ("²", dt.timedelta(0)),
        (format_datetime(NOW - dt.timedelta(days=1)), dt.timedelta(0)),
        (format_datetime(NOW + dt.timedelta(days=1)), LONGEST_WISH),
    ],
    ids=[
        "soon enough",
        "for ever",
        "negative",
        "no number",
        "a digit of others",
        "past",
        "far",
    ],
)
def test_who_wants_to_be_left_alone_is_for_an_hour_at_most(
    tmp_path: Path, wish: str, pause: dt.timedelta
) -> None:
    header = wish.encode().decode("latin-1")
    with catching(tmp_path, status(429, retry_after=header)) as catcher:
        assert told(catcher) == Untold("the answer was 429", pause)


@pytest.mark.parametrize("silence", [hang, hang_up, drip])
def test_silence_is_not_told_and_takes_no_longer_than_it_may(
    tmp_path: Path, silence: Answer
) -> None:
    with catching(tmp_path, silence) as catcher:
        began = time.monotonic()
        outcome = told(catcher, within=SOON)

    assert isinstance(outcome, Untold)
    assert time.monotonic() - began < 5


def test_nobody_is_told_who_has_no_certificate_for_the_name(tmp_path: Path) -> None:
    with catching(tmp_path, OK, name="elsewhere.example") as catcher:
        assert isinstance(told(catcher), Untold)
    with catching(tmp_path, OK, authority=trustme.CA()) as catcher:
        assert isinstance(told(catcher), Untold)
    assert catcher.came == []


def test_where_nobody_listens_nobody_is_told_and_the_reason_has_no_secret(
    tmp_path: Path,
) -> None:
    with catching(tmp_path) as catcher:
        pass
    way = Slack(f"{catcher.url}/services/T0/secret", trusting(catcher.ca_file))

    assert way.tell(a_message()) == Untold("no answer: ConnectError")


def test_no_proxy_of_the_environment_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    with catching(tmp_path) as catcher:
        assert told(catcher) == Told()
