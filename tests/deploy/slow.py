"""An application that answers when it is let go."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.client import HTTPConnection, HTTPResponse

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse

LOOPBACK = "127.0.0.1:0"


class Slow:
    """An application whose one answer waits until it is let go."""

    def __init__(self) -> None:
        self.begun, self.let_go = threading.Event(), threading.Event()
        self.ended = False
        self.app = FastAPI(lifespan=self._life)
        self.app.get("/slow")(self._slow)
        self.app.get("/who")(self._who)

    @asynccontextmanager
    async def _life(self, _: FastAPI) -> AsyncIterator[None]:
        yield
        self.ended = True

    def _slow(self) -> str:
        self.begun.set()
        self.let_go.wait(20)
        return "done"

    def _who(self, request: Request) -> PlainTextResponse:
        assert request.client is not None
        return PlainTextResponse(request.client.host)


def get(port: int, path: str, **headers: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer
