"""What is shipped to run the stages, read as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parents[2] / "deploy"
KUBERNETES = HERE / "kubernetes"
STAGES = ("relay", "scorer", "router", "granter", "sender", "sweeper", "attester", "intake")
ROLES = (*STAGES, "console", "migrate")

Document = dict[str, Any]


@cache
def documents() -> list[Document]:
    """Every document of every manifest."""
    files = sorted(KUBERNETES.glob("*.yaml"))
    return [one for file in files for one in yaml.safe_load_all(file.read_text("utf-8"))]


def of_kind(kind: str) -> list[Document]:
    return [one for one in documents() if one["kind"] == kind]


def named(kind: str, name: str) -> Document:
    [found] = [one for one in of_kind(kind) if one["metadata"]["name"] == name]
    return found


def pods() -> dict[str, Document]:
    """The pod of each role: `sender`, `migrate` and so on."""
    workloads = (*of_kind("Deployment"), *of_kind("Job"))
    return {
        one["metadata"]["name"].removeprefix("holdshort-"): one["spec"]["template"]
        for one in workloads
    }


def containers(pod: Document) -> list[Document]:
    return [*pod["spec"].get("initContainers", ()), *pod["spec"]["containers"]]


def environment(pod: Document) -> dict[str, str]:
    """What its one container is told."""
    [container] = pod["spec"]["containers"]
    told: dict[str, str] = {}
    for source in container["envFrom"]:
        told |= named("ConfigMap", source["configMapRef"]["name"])["data"]
    return told | {one["name"]: one["value"] for one in container.get("env", ())}


def secrets_of(pod: Document) -> set[str]:
    """The names of all secrets that it is given, in whatever way."""
    return set(_secrets_in(pod))


def _secrets_in(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from _secrets_in(one)
    elif isinstance(part, dict):
        for key, one in part.items():
            if key in ("secret", "secretRef", "secretKeyRef"):
                yield one.get("secretName") or one["name"]
            else:
                yield from _secrets_in(one)


def compose() -> Document:
    read: Document = yaml.safe_load((HERE / "compose.yaml").read_text("utf-8"))
    return read


def services() -> dict[str, Document]:
    found: dict[str, Document] = compose()["services"]
    return found
