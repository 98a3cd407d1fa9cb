"""The file that says who is told of what: read strictly, and with secrets for nobody else."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from consumers.notifying.routes import MOST, parse
from consumers.notifying.ways import legs_of
from outbox.errors import BadSettings, DependencyDown
from outbox.notices import Kind
from tests.parts.notifying import MUST, book, route, secret_file

HOOK = "https://hooks.example/x"
SMTP = {
    "url": "smtps://holdshort@mail.example",
    "password_file": "p",
    "from": "a@house.example",
}
MAIL = {"email": ["ada@house.example"]}
HOOKED = {"webhook": HOOK, "secret_file": "s"}


def said(**change: Any) -> bytes:
    """A file that is right, but for one thing."""
    right = {"smtp": SMTP, "routes": {"all": route(MAIL)}, "people": {}}
    return json.dumps({**right, **change}).encode()


def only(*kinds: str, **others: Any) -> dict[str, Any]:
    return {"routes": {"all": route(MAIL), "other": route(MAIL, *kinds, **others)}}


WRONG = (
    (said(extra=1), "extra"),
    (said(routes={}), "routes"),
    (said(routes={"All": route(MAIL)}), "routes.All"),
    (said(routes={"people": route(MAIL)}), "called people"),
    (said(routes={"all": route(MAIL) | {"kind": "stranded"}}), "routes.all.kind"),
    (said(routes={"all": route(MAIL, "sent")}), "routes.all.kinds.0"),
    (said(routes={"all": route(MAIL) | {"kinds": []}}), "routes.all.kinds"),
    (said(routes={"all": route(MAIL, gather="soon")}), "routes.all.gather"),
    (said(routes={"all": route(MAIL, "escalated")}), "everything that is stranded"),
    (said(routes={"all": route(MAIL, "stranded")}), "everything that is escalated"),
    (said(routes={"all": route(MAIL, *MUST, groups=["x"])}), "everything that is stranded"),
    (said(routes={"all": route(MAIL, *MUST, tenants=["x"])}), "everything that is stranded"),
    (said(**only("switch", groups=["finance"])), "of the installation"),
    (said(**only("attester_silent", tenants=["acme"])), "of the installation"),
    (said(**only("stranded", tenants=[])), "routes.other.tenants"),
    (said(routes={"all": route({})}), "say one of"),
    (said(routes={"all": route(MAIL | HOOKED)}), "say one of"),
    (said(routes={"all": route({"email": []})}), "routes.all.where.email"),
    (said(routes={"all": route({"email": ["ada"]})}), "routes.all.where.email.0"),
    (said(routes={"all": route({"email": ["ä@house.example"]})}), "not an address"),
    (said(routes={"all": route({"webhook": HOOK})}), "go together"),
    (said(routes={"all": route(MAIL | {"secret_file": "s"})}), "go together"),
    (said(routes={"all": route(MAIL | {"ca_file": "s"})}), "the ca_file of mail"),
    (said(smtp=None), "there are addresses, and no smtp"),
    (said(people={"olga": {"mail": "olga@house.example"}}), "people.olga.mail"),
    (said(smtp=SMTP | {"from": "nobody"}), "smtp.from"),
    (b'{"routes": {"a": {}, "a": {}}}', "a name occurs twice"),
    (b"{", "not JSON"),
    (b"[]", "the file"),
    (b"\xff", "not JSON"),
    (
        said(
            routes={"all": route({"email": [f"a{n}@house.example" for n in range(MOST + 1)]})}
        ),
        "more than 32",
    ),
)


@pytest.mark.parametrize(("content", "why"), WRONG, ids=[why for _, why in WRONG])
def test_what_is_not_understood_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(BadSettings, match=why):
        parse(content)


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example/x",
        "http://127.0.0.1/x",
        "https:///x",
        "https://ada:secret@hooks.example/x",
        "https://hooks.example/x#y",
        "https://hooks.example/x y",
        "https://hooks.example/x\ny",
        "https://hooks.example:0/x",
        "https://hooks.example:port/x",
        "https://[::1/x",
        "ftp://hooks.example/x",
        "hooks.example/x",
        "",
    ],
)
def test_only_https_is_spoken_and_no_login_stands_in_an_address(
    tmp_path: Path, url: str
) -> None:
    with pytest.raises(BadSettings, match="https") as refusal:
        parse(said(routes={"all": route(HOOKED | {"webhook": url})}))
    assert "secret@" not in str(refusal.value)

    secret_file(tmp_path / "url", url)
    with pytest.raises(BadSettings, match=r"https|empty|cannot be read"):
        legs_of(book(tmp_path, all=route({"slack": "url"})))


def test_each_address_and_each_person_is_a_way_of_its_own(tmp_path: Path) -> None:
    secret_file(tmp_path / "p", "correct horse")
    two = {"email": ["ada@house.example", "bob@house.example", "ada@house.example"]}
    legs = legs_of(
        book(
            tmp_path,
            smtp=SMTP,
            all=route(two),
            finance=route(MAIL, "awaiting_approval", groups=["finance"], tenants=["acme"]),
            people={"Olga": MAIL},
        )
    )

    first, second, finance, olga = (leg.hearing for leg in legs)
    assert [leg.label for leg in legs] == ["all", "all", "finance", "people"]
    assert first.route != second.route
    assert {one.route.partition("/")[0] for one in (first, second)} == {"all"}
    assert (finance.groups, finance.tenants) == (("finance",), ("acme",))
    assert (olga.person, olga.kinds) == ("Olga", (Kind.ESCALATED,))
    assert "house.example" not in repr(legs)
    assert "correct horse" not in repr(legs)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620])
def test_a_secret_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    secret_file(tmp_path / "p", "correct horse")
    (tmp_path / "p").chmod(mode)

    with pytest.raises(BadSettings, match="others may read or write"):
        legs_of(book(tmp_path, smtp=SMTP, all=route(MAIL)))


@pytest.mark.parametrize(
    "secret",
    ["whsec_", "whsec_c2hvcnQ=", "whsec_!", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="],
)
def test_a_webhook_has_a_secret_that_nobody_guesses(tmp_path: Path, secret: str) -> None:
    secret_file(tmp_path / "s", secret)

    with pytest.raises(BadSettings, match="24 to 64 bytes") as refusal:
        legs_of(book(tmp_path, all=route(HOOKED)))
    assert "c2hvcnQ" not in str(refusal.value)


@pytest.mark.parametrize("url", ["smtps://mail.example", "smtps://a:b@mail.example", "x"])
def test_the_smart_host_has_a_login_and_its_password_in_a_file(
    tmp_path: Path, url: str
) -> None:
    secret_file(tmp_path / "p", "correct horse")

    with pytest.raises(BadSettings, match=r"a login and no password"):
        legs_of(book(tmp_path, smtp=SMTP | {"url": url}, all=route(MAIL)))


def test_mail_without_tls_is_refused(tmp_path: Path) -> None:
    secret_file(tmp_path / "p", "correct horse")

    with pytest.raises(BadSettings, match="another scheme"):
        legs_of(book(tmp_path, smtp=SMTP | {"url": "smtp://a@b.example"}, all=route(MAIL)))


def test_without_a_file_there_is_no_notifier(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="HOLDSHORT_NOTIFY is not set"):
        legs_of(None)
    with pytest.raises(BadSettings, match="cannot be read"):
        legs_of(tmp_path / "nothing")


def test_without_what_speaks_https_the_next_step_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    monkeypatch.delitem(sys.modules, "consumers.notifying.web", raising=False)
    secret_file(tmp_path / "url", HOOK)

    with pytest.raises(DependencyDown) as missing:
        legs_of(book(tmp_path, all=route({"slack": "url"})))
    assert missing.value.hint == "pip install 'holdshort[console]'"
