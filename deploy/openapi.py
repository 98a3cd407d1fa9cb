"""The two APIs, for what they say of themselves."""

from __future__ import annotations

from fastapi import FastAPI

from consumers.console.api.app import api
from consumers.intake.app import application
from consumers.intake.connections import Connections


def applications() -> dict[str, FastAPI]:
    """Both, by their names; none of them is at work."""
    return {"console": api(None), "intake": application(Connections(""))}
