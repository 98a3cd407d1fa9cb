"""A person sees and ends their own sessions, and nobody else's."""

from __future__ import annotations

import pytest

from consumers.console.signin.opening import browser
from tests.console.signin.place import Place

PAGE = "/signin/sessions"


def test_a_person_sees_and_ends_their_own_sessions(here: Place) -> None:
    one, two = here.signed_in("ada"), here.signed_in("ada")
    page = one.get(PAGE).text
    assert (page.count('/revoke"'), "this one" in page) == (3, True)

    assert one.post(PAGE + "/others/revoke").status_code == 303

    assert (one.is_in(), two.is_in()) == (True, False)


def test_nobody_ends_or_sees_the_sessions_of_others(here: Place) -> None:
    ada, eve = here.signed_in("ada"), here.signed_in("eve")
    [(id,)] = here.db.execute("SELECT id FROM outbox.session WHERE person = 'ada'").fetchall()

    answer = eve.post(f"{PAGE}/{id}/revoke")
    eve.post(PAGE + "/others/revoke")

    assert answer.status_code == 404
    assert ada.is_in()
    assert f"/{id}/" not in eve.get(PAGE).text


def test_who_ends_a_session_that_is_not_there_is_told_so(here: Place) -> None:
    ada = here.signed_in("ada")

    assert ada.post(f"{PAGE}/999/revoke").status_code == 404
    assert ada.post(f"{PAGE}/{2**63}/revoke").status_code == 422


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on Linux",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/156.0 Safari/537.36 Edg/156.0",
            "Edge on Windows",
        ),
        ("Mozilla/5.0 (iPhone; like Mac OS X) Version/19 Safari/604.1", "Safari on iPhone"),
        ("<script>alert(1)</script>" * 100, "another program"),
        ("", "another program"),
    ],
)
def test_of_a_browser_two_words_are_kept(agent: str, said: str) -> None:
    assert browser(agent) == said
