"""A page that is open follows what happens, and takes nothing out of one's hands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, LiteralString

import psycopg
import pytest
from psycopg import sql

from outbox.desk import Desk
from outbox.reasons import Because
from outbox.store import Connection
from tests.browser.scene import INVOICE, Scene, proposed, routed
from tests.browser.seeing import arrived, press
from tests.parts import journey
from tests.parts.console import console, somebody
from tests.parts.journey import state_of

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser

STANDS = """() => ({
  focus: document.activeElement.textContent.trim(),
  ticked: [...document.querySelectorAll("[data-select]:checked")].map((one) => one.value),
  typed: document.querySelector("[type=search]").value,
  at: Math.round(scrollY),
})"""


def one_more(db: Connection, subject: str) -> None:
    proposed(db, INVOICE.model_copy(update={"subject": subject}), subject, "billing-agent")
    routed(db, confidence=0.9, reasons=("fine",))


def test_a_list_follows_and_takes_nothing_out_of_ones_hands(
    screen: Page, at: str, db: Connection
) -> None:
    for number in range(40):
        proposed(db, INVOICE, f"inv:{number}", "billing-agent")
    routed(db, confidence=0.9, reasons=("fine",))
    screen.goto(f"{at}/approve")
    arrived(screen, "/approve")
    press(screen, "/")
    screen.keyboard.type("half a wo")
    press(screen, "Tab")
    screen.evaluate("document.activeElement.blur()")
    press(screen, *"jjxjjjjjjjjjjjjjjjjjjjjjjx")
    before = screen.evaluate(STANDS)

    one_more(db, "Something new")
    screen.get_by_text("Something new").wait_for()

    assert screen.evaluate(STANDS) == before
    assert before["focus"] == INVOICE.subject
    assert len(before["ticked"]) == 2
    assert before["typed"] == "half a wo"
    assert before["at"] > 0
    assert screen.locator("#screens a[href='/approve'] b").inner_text() == "41"


def test_a_row_leaves_a_list_once_it_is_decided_elsewhere(
    screen: Page, at: str, db: Connection, scene: Scene
) -> None:
    screen.goto(f"{at}/approve")
    arrived(screen, "/approve")
    first, second, _ = scene.awaiting
    row = screen.locator(f"#row-{first.id}")
    press(screen, "j", "j")

    with db.transaction():
        journey.approve(db, first.id)
        one_more(db, "not yet")
        other = screen.request.get(f"{at}/approve").text()
    row.wait_for(state="detached")

    assert f'id="row-{first.id}"' in other  # as long as it is not committed
    assert screen.evaluate("document.activeElement.closest('tr').id") == f"row-{second.id}"


def test_an_intents_page_keeps_what_is_open_and_half_typed(
    screen: Page, at: str, db: Connection, scene: Scene
) -> None:
    intent = scene.awaiting[0]
    screen.goto(f"{at}/intents/{intent.id}")
    arrived(screen, f"/intents/{intent.id}")
    press(screen, "r")
    screen.keyboard.type("w")
    press(screen, "Tab")
    screen.keyboard.type("since I th")

    one_more(db, "Something new")
    screen.locator("#screens a[href='/approve'] b", has_text="4").wait_for()

    screen.keyboard.type("ink so")
    form = screen.locator("form[action$='/reject']")
    assert form.is_visible()
    assert form.locator("[name=reason]").input_value() == "since I think so"
    assert form.locator("[name=because]").input_value() == Because.WRONG_RECIPIENT


@pytest.mark.parametrize("how", ["edited", "approved", "rejected"])
def test_what_moves_while_one_reads_it_is_not_decided_on_that_page(
    screen: Page, at: str, db: Connection, scene: Scene, how: str
) -> None:
    intent = scene.awaiting[0]
    screen.goto(f"{at}/intents/{intent.id}")
    arrived(screen, f"/intents/{intent.id}")
    read = screen.locator("article").inner_text()
    desk, digest = Desk(db, actor="bob"), journey.seen(db, intent.id)

    if how == "edited":
        desk.edit(intent.id, INVOICE, digest=digest)
        journey.score_and_route(db)
    elif how == "approved":
        desk.approve(intent.id, digest=digest, valid_for=journey.HOUR)
    else:
        desk.reject(intent.id, digest=digest, because=Because.OTHER, reason="no")
    screen.get_by_role("alert").filter(has_text="bob").wait_for()

    assert screen.locator("article").inner_text() == read
    assert screen.locator("main form").count() == 0
    before = state_of(db, intent.id)
    press(screen, "a", "r", "e", "s", "d", "z")
    assert state_of(db, intent.id) == before
    press(screen, "n")
    screen.wait_for_url(f"**/intents/{intent.id}")


def test_what_happened_between_drawing_and_listening_is_heard(
    screen: Page, at: str, db: Connection, scene: Scene
) -> None:
    def late(route: Route) -> None:
        one_more(db, "Just before")
        route.continue_()

    screen.route(re.compile("/events"), late)
    screen.goto(f"{at}/approve")

    screen.get_by_text("Just before").wait_for()


@pytest.mark.own_session("a pooler stays connected where nobody is let in any more")
def test_without_its_database_a_page_stays_and_says_so_until_it_is_back(
    screen: Page, at: str, server_dsn: str, db: Connection, scene: Scene
) -> None:
    down = screen.get_by_text("The database does not answer")
    screen.goto(f"{at}/approve")
    arrived(screen, "/approve")

    accept_connections(server_dsn, db, "false")
    down.wait_for()
    listed = screen.locator("#list [data-row]").count()
    one_more(db, "Meanwhile")
    accept_connections(server_dsn, db, "true")
    screen.get_by_text("Meanwhile").wait_for()

    assert listed == len(scene.awaiting)
    down.wait_for(state="hidden")


def accept_connections(server_dsn: str, db: Connection, whether: LiteralString) -> None:
    """Let nobody in any more, or again; who is in stays."""
    name = sql.Identifier(db.info.dbname)
    with psycopg.connect(server_dsn, autocommit=True) as other:
        order = sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS " + whether)
        other.execute(order.format(name))


def test_who_was_signed_out_sees_nothing_new(
    screen: Page, dsn: str, db: Connection, scene: Scene
) -> None:
    people = ["ada"]
    with console(dsn, who=lambda _: somebody(people[0]) if people else None) as at:
        screen.goto(f"{at}/approve")
        arrived(screen, "/approve")

        people.clear()
        one_more(db, "Not for you")
        screen.wait_for_url("**/signin?next=*approve")

        assert not screen.get_by_text("Not for you").is_visible()


def test_nothing_makes_markup_of_text_on_these_pages(tab: Page, at: str) -> None:
    tab.goto(f"{at}/approve")

    said = tab.evaluate(
        "() => { try { document.body.innerHTML = '<b>' } catch (e) { return e.name } }"
    )

    assert said == "TypeError"
