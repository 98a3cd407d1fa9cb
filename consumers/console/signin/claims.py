"""What claims make a person, and whether that person may sign in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from outbox.errors import NotAllowed
from outbox.people.sessions import NEVER

EVERYBODY = "*"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is, and when they last proved it, as their provider says."""

    name: str
    fresh_at: dt.datetime


def identity(claims: Mapping[str, Any], *, name: str, allowed: frozenset[str]) -> Identity:
    """Whose claims these are.  Raises `NotAllowed` if nobody's, or of somebody not let in."""
    person = _verified_email(claims) if name == "email" else claims.get(name)
    if not isinstance(person, str) or not person.strip() or not person.isprintable():
        raise NotAllowed(
            f"the provider vouches for no {name}",
            hint="choose another claim: HOLDSHORT_OIDC_NAME",
        )
    if not (_theirs(claims) | {EVERYBODY}) & allowed:
        raise NotAllowed(f"{person} may not sign in here", hint="who may: HOLDSHORT_OIDC_ALLOW")
    return Identity(person.strip(), _proved_at(claims.get("auth_time")))


def _theirs(claims: Mapping[str, Any]) -> set[str]:
    """Their groups, and the domain of their email."""
    said = claims.get("groups")
    groups = {one for one in said if isinstance(one, str)} if isinstance(said, list) else set()
    email = _verified_email(claims)
    # A group that is called like a domain is none.
    found = {one for one in groups if one != EVERYBODY and not one.startswith("@")}
    return found | ({f"@{email.rpartition('@')[2].lower()}"} if email else set())


def _verified_email(claims: Mapping[str, Any]) -> str | None:
    email = claims.get("email")
    verified = claims.get("email_verified") is True and isinstance(email, str)
    return email if verified else None


def _proved_at(auth_time: object) -> dt.datetime:
    """Long ago if it does not say: they may have had a cookie there."""
    if isinstance(auth_time, bool) or not isinstance(auth_time, int | float):
        return NEVER
    return dt.datetime.fromtimestamp(auth_time, dt.UTC)
