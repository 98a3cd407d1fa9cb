"""What other sites may make a browser do here: nothing."""

from __future__ import annotations

import pytest

from consumers.console.signin.opening import SESSION
from consumers.console.signin.paths import local
from tests.console.signin.place import PASSWORD, Place

FORMS = ("/signin", "/signin/once", "/signin/proxy", "/signin/oidc", "/signout")
ELSEWHERE = (
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://localhost"},
    {"origin": "http://localhost.evil.example"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
)
OUT = (
    *("https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example"),
    *("/\t/evil.example", "/\n/evil.example", " //evil.example", "javascript:alert(1)"),
    *("http:evil.example", "evil.example", "", "///evil.example", "/\x00/evil.example"),
    *("/é", "/x\\..\\evil", "/" + "a" * 3000, "/\u2028/evil.example"),
)


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_no_form_of_another_site_is_listened_to(
    here: Place, path: str, headers: dict[str, str]
) -> None:
    here.add("ada")
    victim = here.signed_in("ada")
    token = here.ticket("eve")
    form = {"name": "ada", "password": PASSWORD, "token": token}

    answer = victim.post(path, form, **headers)

    assert answer.status_code == 403
    assert SESSION not in victim.set
    assert victim.is_in()
    assert here.db.execute(
        "SELECT count(*) FROM outbox.session WHERE person = 'eve'"
    ).fetchone() == (0,)


@pytest.mark.parametrize("path", OUT, ids=repr)
def test_nobody_is_sent_anywhere_else_afterwards(here: Place, path: str) -> None:
    here.add("ada")

    answer = here.visitor().post("/signin", {"name": "ada", "password": PASSWORD, "next": path})
    page = here.visitor().get("/signin?next=" + "".join(f"%{b:02x}" for b in path.encode()))

    assert answer.headers.get("location", "/") == "/"
    assert 'name="next" value="/"' in page.text or page.status_code == 422


@pytest.mark.parametrize(
    "path", ["/", "/intents/7?tab=raw&x=%2F#end", "/search?q=to:a@b.example"]
)
def test_within_the_console_one_goes_on_where_one_wanted(path: str) -> None:
    assert local(path) == path


@pytest.mark.parametrize(
    "path", ["/signin/once?token=x", "/signin", "/signin/sessions", "/signout"]
)
def test_nothing_is_done_by_get_or_head(here: Place, path: str) -> None:
    ada = here.signed_in("ada")
    before = here.db.execute(
        "SELECT count(*), count(revoked_at) FROM outbox.session"
    ).fetchone()

    for method in ("GET", "HEAD"):
        ada._ask(method, path, {}, None)

    assert (
        here.db.execute("SELECT count(*), count(revoked_at) FROM outbox.session").fetchone()
        == before
    )
    assert ada.is_in()


def test_no_page_is_kept_by_anybody_on_the_way(here: Place) -> None:
    for path in ("/signin", f"/signin/once?token={here.ticket('ada')}", "/signin/sessions"):
        answer = here.signed_in().get(path)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_what_a_link_says_is_written_as_text(here: Place) -> None:
    page = here.visitor().get('/signin/once?token="><script>alert(1)</script>')

    assert "<script>alert" not in page.text
