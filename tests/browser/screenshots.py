"""The pictures of the docs, of the scene of these tests: make screenshots."""

from __future__ import annotations

import io
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

import psycopg
from PIL import Image

from deploy.local.databases import temporary_database
from outbox.store import Connection
from schemas.migrate import upgrade
from tests.browser.conftest import CHROMIUM
from tests.browser.scene import Scene, played
from tests.browser.seeing import arrived, press
from tests.calibration.told import counted
from tests.parts.attention import attended
from tests.parts.console import console
from tests.parts.database import picked_server
from tests.parts.journey import arm

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PLACE = Path("docs/images")
COLOURS = 96
SIZE = {"width": 1280, "height": 800}
Scheme = Literal["light", "dark"]


def main() -> None:
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
            console(dsn) as at,
            sync_playwright() as driver,
        ):
            root = ["--no-sandbox"] if os.geteuid() == 0 else []
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=root)
            scene = played(db)
            decided(db)
            shoot(browser, at, scene)
            attended(db)
            picture(browser, f"{at}/attention", PLACE / "attention.png")
            browser.close()


def decided(db: Connection) -> None:
    """What people said to mails of weeks before."""
    for hundredth, approved, of in ((15, 2, 12), (35, 11, 30), (55, 31, 52), (75, 88, 110)):
        counted(db, hundredth, approved, of)
        counted(db, hundredth, approved - 2, of, scorer="rules")
    counted(db, 95, 702, 715)
    counted(db, 95, 702, 715, scorer="rules")
    counted(db, 92, 41, 46, ago=2)


def shoot(browser: Browser, at: str, scene: Scene) -> None:
    """Every picture."""
    assert scene.stranded is not None
    item = f"/intents/{scene.awaiting[-1].id}"
    pictures: tuple[tuple[str, str, Scheme, str], ...] = (
        ("console-list", "/approve", "light", ""),
        ("console-intent", item, "light", ""),
        ("console-dark", item, "dark", ""),
        ("console-palette", item, "light", "Control+k"),
        ("console-stranded", f"/intents/{scene.stranded.id}", "light", ""),
        ("console-calibration", "/calibration", "light", ""),
    )
    PLACE.mkdir(parents=True, exist_ok=True)
    for name, path, scheme, key in pictures:
        context = browser.new_context(viewport=SIZE, color_scheme=scheme)  # type: ignore[arg-type]
        screen = context.new_page()
        screen.goto(f"{at}{path}")
        arrived(screen, path)
        if key:
            press(screen, key)
        small(screen.screenshot(), PLACE / f"{name}.png")
        context.close()


def picture(browser: Browser, address: str, file: Path) -> None:
    """Of one page, by day."""
    screen = browser.new_page(viewport=SIZE, color_scheme="light")  # type: ignore[arg-type]
    screen.goto(address)
    small(screen.screenshot(), file)
    screen.close()


def small(shot: bytes, file: Path) -> None:
    """In few colours: pages have no more."""
    image = Image.open(io.BytesIO(shot)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


if __name__ == "__main__":
    main()
