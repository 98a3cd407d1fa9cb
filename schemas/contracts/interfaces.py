"""Whether an API still keeps what it has said of itself, by HTTP or on Kafka."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from schemas.contracts.fitting import breaks, plain
from schemas.contracts.shapes import Way

JSON = dict[str, Any]

_METHODS = ("get", "put", "post", "delete", "patch")


def breaks_of_http(old: JSON, new: JSON) -> list[str]:
    """What a client of the `old` description would stumble over; empty if nothing."""
    now = _operations(new)
    found: list[str] = []
    for name, operation in _operations(old).items():
        if name not in now:
            found.append(f"{name}: is gone")
            continue
        found += [*_asked(name, operation, now[name]), *_answered(name, operation, now[name])]
    return found


def breaks_of_kafka(old: JSON, new: JSON) -> list[str]:
    """What whoever hears the topics of the `old` description would stumble over."""
    before, now = _heard(old), _heard(new)
    found = [f"{topic}: is gone" for topic in before if topic not in now]
    for topic in sorted(before.keys() & now.keys()):
        for part, way in (("headers", Way.WRITTEN), ("payload", Way.BOTH)):
            where = f"{topic} {part}"
            found += breaks(before[topic][part], now[topic][part], way, where=where)
    return found


def _operations(api: JSON) -> dict[str, JSON]:
    return {
        f"{method.upper()} {path}": plain(operation, api)
        for path, item in api["paths"].items()
        for method, operation in item.items()
        if method in _METHODS
    }


def _heard(api: JSON) -> dict[str, JSON]:
    """What comes on each topic: one message."""
    found = {}
    for channel in api["channels"].values():
        [message] = channel["messages"].values()
        found[channel["address"]] = plain(message, api)
    return found


def _asked(name: str, old: JSON, new: JSON) -> Iterator[str]:
    """Of what a client sends."""
    before, now = _parameters(old), _parameters(new)
    for parameter in sorted(before.keys() - now.keys()):
        yield f"{name} {parameter}: is gone"
    for parameter, said in now.items():
        known = before.get(parameter)
        if said.get("required") and not (known and known.get("required")):
            yield f"{name} {parameter}: must be there now, and was not always"
        if known:
            where = f"{name} {parameter}"
            yield from breaks(known["schema"], said["schema"], Way.READ, where=where)
    bodies = _bodies(old.get("requestBody", {})), _bodies(new.get("requestBody", {}))
    if new.get("requestBody", {}).get("required") and not old.get("requestBody"):
        yield f"{name} body: must be there now, and was not always"
    yield from _between(f"{name} body", *bodies, Way.READ)


def _answered(name: str, old: JSON, new: JSON) -> Iterator[str]:
    """Of what a client is told."""
    before, now = old["responses"], new["responses"]
    for status in sorted(now.keys() - before.keys()):
        if int(status) < 400:
            yield f"{name} {status}: is new to those who know {', '.join(sorted(before))}"
    for status in sorted(before.keys() & now.keys()):
        where = f"{name} {status}"
        yield from _between(where, _bodies(before[status]), _bodies(now[status]), Way.WRITTEN)


def _between(where: str, old: JSON, new: JSON, way: Way) -> Iterator[str]:
    for kind, schema in old.items():
        if kind not in new:
            yield f"{where}: is no {kind} any more"
        else:
            yield from breaks(schema, new[kind], way, where=where)


def _parameters(operation: JSON) -> dict[str, JSON]:
    return {f"{one['in']} {one['name']}": one for one in operation.get("parameters", ())}


def _bodies(said: JSON) -> dict[str, JSON]:
    return {kind: one.get("schema", {}) for kind, one in said.get("content", {}).items()}
