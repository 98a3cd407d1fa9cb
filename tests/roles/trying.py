"""Carry attacks out, one after the other, and look after each whether anything changed."""

from __future__ import annotations

import re

import psycopg

from outbox.store import Connection
from tests.roles.digest import Digest
from tests.roles.house import House

LET_THROUGH = ""


class Attacker:
    """One login, and what became of each of its attempts."""

    def __init__(self, house: House, role: str) -> None:
        self._connection: Connection = house.connected(role)
        self._connection.prepare_threshold = None  # nothing of one attack outlives it
        self._intents = house.intents
        self._digest = Digest(house.db)
        self._before = self._digest.taken()
        self.attempts = 0

    def tries(self, attack: str, *then: str) -> str:
        """The SQLSTATE that refused it, or `LET_THROUGH`; in either case nothing changed."""
        try:
            answers = [self._answer(statement) for statement in (attack, *then)]
        finally:
            self._connection.rollback()
            self._connection.execute("DISCARD ALL")
        return answers[0]

    def close(self) -> None:
        self._connection.close()

    def _answer(self, statement: str) -> str:
        answer = self._asked(statement)
        self.attempts += 1
        assert self._digest.taken() == self._before, statement
        return answer

    def _asked(self, statement: str) -> str:
        try:
            self._connection.execute(self._meant(statement).encode())
        except psycopg.errors.SyntaxError:
            raise
        except psycopg.Error as refusal:
            return refusal.sqlstate or "?"
        return LET_THROUGH

    def _meant(self, statement: str) -> str:
        for name, intent in sorted(self._intents.items(), key=lambda item: -len(item[0])):
            statement = re.sub(rf"(?<!:):{name}\b", str(intent.id), statement)
            statement = re.sub(rf"#{name}\b", f"'{intent.digest}'", statement)
        return statement
