"""What every request must meet and every answer carries, asked over plain HTTP."""

from __future__ import annotations

from http.client import HTTPConnection

import httpx
import pytest

from outbox.store import Connection
from tests.console.doing import form
from tests.parts import journey
from tests.roles.digest import Digest

EVE = "https://eve.example"
FORGED = {
    "another origin": {"Origin": EVE},
    "another origin that says it is this one": {
        "Origin": EVE,
        "Sec-Fetch-Site": "same-origin",
    },
    "no origin at all": {"Origin": "null"},
    "no origin at all, of this site": {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "another port of this machine": {"Sec-Fetch-Site": "same-site"},
    "a typed address": {"Sec-Fetch-Site": "none"},
    "nothing, but a cookie": {"Cookie": "session=1"},
    "another host": {"Host": "eve.example", "Sec-Fetch-Site": "same-origin"},
}


@pytest.mark.parametrize("how", FORGED)
def test_what_another_site_sends_is_not_done(at: str, db: Connection, how: str) -> None:
    intent = journey.awaiting(db)
    path = f"{at}/intents/{intent.id}/approve"
    before = Digest(db).taken()

    answer = httpx.post(path, data=form(db, intent.id), headers=FORGED[how])
    switched = httpx.post(f"{at}/outbound", data={"outbound": "on"}, headers=FORGED[how])

    assert (answer.status_code, switched.status_code) == (403, 403)
    assert Digest(db).taken() == before


@pytest.mark.parametrize(
    "host", ["eve.example", "127.0.0.1:{}", "localhost", "localhost.:{}", ""]
)
def test_no_name_but_its_own_is_answered_to(at: str, host: str) -> None:
    port = int(at.rpartition(":")[2])
    connection = HTTPConnection("127.0.0.1", port, timeout=10)

    connection.request("GET", "/review", headers={"Host": host.format(port)})

    assert connection.getresponse().status in {400, 403}
    connection.close()


def test_a_page_of_this_console_may_post(at: str, db: Connection) -> None:
    intent = journey.awaiting(db)

    answer = httpx.post(
        f"{at}/intents/{intent.id}/approve",
        data=form(db, intent.id),
        headers={"Origin": at, "Sec-Fetch-Site": "same-origin", "Cookie": "session=1"},
    )

    assert answer.status_code == 303
    assert journey.state_of(db, intent.id) == "approved"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/review", 200),
        ("/intents/999999", 404),
        ("/intents/none", 422),
        ("/no/such/page", 404),
        ("/static/console.css", 200),
        ("/static/none.css", 404),
        ("/static/../app.py", 404),
        ("/", 303),
    ],
)
def test_every_answer_forbids_framing_sniffing_keeping_and_foreign_scripts(
    at: str, db: Connection, path: str, status: int
) -> None:
    answers = [httpx.get(f"{at}{path}"), httpx.get(f"{at}{path}")]

    assert [answer.status_code for answer in answers] == [status, status]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        for rule in (
            "default-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
        ):
            assert rule in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "server" not in answer.headers
    one, other = (answer.headers["content-security-policy"] for answer in answers)
    assert one != other  # the nonce


def test_a_refusal_carries_the_same_headers(at: str) -> None:
    answer = httpx.post(f"{at}/outbound", headers={"Origin": EVE})

    assert answer.status_code == 403
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
