"""What a console takes of a reviewer's time: python -m tests.browser.reviewing [--write].

Forty mails are approved by a key each, read by nobody. Of each is told how long it takes from
the key until the next one is drawn, in the page's own clock.
"""

from __future__ import annotations

import os
import statistics
import sys
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import psycopg

from deploy.local.databases import temporary_database
from deploy.readme import with_block
from outbox.pools import pooled
from schemas.migrate import upgrade
from tests.browser.conftest import CHROMIUM
from tests.browser.scene import INVOICE, proposed, routed
from tests.browser.seeing import arrived, press
from tests.parts.console import console
from tests.parts.database import picked_server
from tests.parts.journey import arm

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGE = Path("docs/CONSOLE.md")
MAILS = 40
CLOCK = """
addEventListener("keydown", () => {
  sessionStorage.pressed = performance.timeOrigin + performance.now();
}, true);
addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(() => {
  sessionStorage.took = performance.timeOrigin + performance.now() - sessionStorage.pressed;
})));
"""


def main(arguments: list[str]) -> None:
    from playwright.sync_api import sync_playwright

    with (
        TemporaryDirectory(prefix="holdshort-") as directory,
        picked_server(Path(directory)) as server,
        temporary_database(server) as dsn,
    ):
        upgrade(dsn)
        arm(dsn)
        with (
            psycopg.connect(dsn, autocommit=True) as db,
            console(dsn, reads=pooled(dsn)) as at,
            sync_playwright() as driver,
        ):
            ids = [proposed(db, INVOICE, f"inv:{one}", "agent").id for one in range(MAILS + 1)]
            routed(db, confidence=0.9, reasons=("fine",))
            root = ["--no-sandbox"] if os.geteuid() == 0 else []
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=root)
            told = sentence(reviewed(browser, at, ids))
            browser.close()
    sys.stdout.write(told)
    if "--write" in arguments:
        PAGE.write_text(with_block(PAGE.read_text("utf-8"), "reviewing", told), "utf-8")


def reviewed(browser: Browser, at: str, ids: list[int]) -> list[float]:
    """Milliseconds for each."""
    screen = browser.new_page()
    screen.add_init_script(CLOCK)
    screen.goto(f"{at}/intents/{ids[0]}")
    took = []
    for this, following in pairwise(ids):
        arrived(screen, f"/intents/{this}")
        press(screen, "a")
        arrived(screen, f"/intents/{following}")
        took.append(float(screen.evaluate("sessionStorage.took")))
    return took


def sentence(took: list[float]) -> str:
    p95 = statistics.quantiles(took, n=20)[-1]
    return (
        f"From the key to the next mail drawn: {statistics.median(took):.0f} ms in the median,"
        f" {p95:.0f} ms at the 95th percentile, {max(took):.0f} ms at most,"
        f" over {len(took)} mails; Chromium, the console and its database shared"
        f" {os.cpu_count()} cores at a load of {os.getloadavg()[0]:.0f}.\n"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
