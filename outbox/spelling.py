"""How a value is spelled in the environment, both ways."""

from __future__ import annotations

import datetime as dt
import ipaddress
import re

from pydantic import SecretStr

_DURATION = re.compile(r"(\d{1,6})(ms|s|m|h|d)", re.ASCII)
_UNITS = {"ms": "milliseconds", "s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[1-9]\d{0,4})?", re.ASCII)
_ADDRESS = re.compile(r"[^\s,/@:]+:(\d{1,5})", re.ASCII)


def duration(given: object) -> object:
    """`15s` as a `timedelta`.  Raises `ValueError` for other text."""
    if not isinstance(given, str):
        return given
    read = _DURATION.fullmatch(given)
    if read is None:
        raise ValueError("not a duration like 500ms, 15s, 10m, 24h or 7d")
    return dt.timedelta(**{_UNITS[read[2]]: int(read[1])})


def parts(given: object) -> object:
    """`a, b` as a set of two."""
    if not isinstance(given, str):
        return given
    return frozenset(part.strip() for part in given.split(",") if part.strip())


def path(given: object) -> object:
    """Empty text as no path, not as the folder we stand in."""
    return None if given == "" else given


def addresses(given: str) -> str:
    """Empty, or host:port and commas.  Raises `ValueError` for other text."""
    for one in given.split(",") if given else ():
        read = _ADDRESS.fullmatch(one)
        if read is None or int(read[1]) > 65535:
            raise ValueError("not host:port")
    return given


def address(given: str) -> str:
    """Empty, or one host:port.  Raises `ValueError` for other text."""
    if "," in given:
        raise ValueError("not one host:port")
    return addresses(given)


def origin(given: str) -> str:
    """Empty, or where a site is, in its one spelling.  Raises `ValueError` for other text."""
    if given and not _ORIGIN.fullmatch(given):
        raise ValueError("not like https://holdshort.example.com, and nothing after it")
    return given


def networks(given: frozenset[str]) -> frozenset[str]:
    """Networks that are not everybody's.  Raises `ValueError` for other text."""
    for one in given:
        if ipaddress.ip_network(one).prefixlen == 0:
            raise ValueError(f"{one} is everybody")
    return given


def spelled(default: object) -> str:
    """A default as one would write it."""
    match default:
        case None | SecretStr():  # no secret has a default
            return ""
        case frozenset():
            return ",".join(sorted(default))
        case dt.timedelta():
            whole = default // dt.timedelta(milliseconds=1)
            sizes = {"h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1}
            unit = next(unit for unit, size in sizes.items() if whole % size == 0)
            return f"{whole // sizes[unit]}{unit}"
        case _:
            return str(default)
