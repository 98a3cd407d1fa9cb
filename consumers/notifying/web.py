"""A notification over HTTPS: to Slack, or to whoever verifies its signature.

One fresh connection each, by our own TLS context and no proxy of the environment; a redirect
is not followed, and no body is read.  A webhook is signed after the Standard Webhooks.
"""

from __future__ import annotations

import datetime as dt
import json
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from typing import Any

import httpx

from consumers.channels.http.signature import signed, wished
from consumers.notifying.message import TYPE, Message
from consumers.notifying.outcome import WITHIN, Outcome, Told, Untold

LONGEST_WISH = dt.timedelta(hours=1)
"""However long somebody wants to be left alone."""
_JSON = {"content-type": "application/json", "user-agent": "holdshort-notifier"}


class Slack:
    """The way to an incoming webhook of Slack's; its address is a secret."""

    def __init__(self, url: str, tls: ssl.SSLContext, *, within: dt.timedelta = WITHIN) -> None:
        self._url, self._tls, self._within = url, tls, within

    def tell(self, message: Message) -> Outcome:
        body = json.dumps({"text": f"*{message.subject}*\n{message.text}"}).encode()
        return _posted(self._url, body, _JSON, self._tls, self._within)


class Webhook:
    """The way to whoever shares a secret with us."""

    def __init__(
        self, url: str, secret: bytes, tls: ssl.SSLContext, *, within: dt.timedelta = WITHIN
    ) -> None:
        self._url, self._secret, self._tls, self._within = url, secret, tls, within

    def tell(self, message: Message) -> Outcome:
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        said = {
            "type": TYPE,
            "timestamp": now.isoformat().replace("+00:00", "Z"),
            "data": message.data,
        }
        body = json.dumps(said, separators=(",", ":")).encode()
        headers = _JSON | signed(message.id, int(now.timestamp()), body, self._secret)
        return _posted(self._url, body, headers, self._tls, self._within)


class _Watchdog:
    """Cuts the line when all the time is over, however slowly the other side talks."""

    def __init__(self, within: dt.timedelta) -> None:
        self._line: socket.socket | None = None
        self._timer = threading.Timer(within.total_seconds(), self._cut)
        self._timer.daemon = True

    def note(self, event: str, info: Mapping[str, Any]) -> None:
        """Told by the client's trace; the line under TLS is the one that counts."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._line = info["return_value"].get_extra_info("socket")

    def _cut(self) -> None:
        if self._line is not None:
            # Not the TLS socket's own: that takes away what another thread is reading with.
            socket.socket.shutdown(self._line, socket.SHUT_RDWR)

    def __enter__(self) -> _Watchdog:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()


def _posted(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    tls: ssl.SSLContext,
    within: dt.timedelta,
) -> Outcome:
    client = httpx.Client(
        verify=tls, trust_env=False, follow_redirects=False, timeout=within.total_seconds()
    )
    try:
        with client, _Watchdog(within) as watchdog:
            asking = {"trace": watchdog.note}
            with client.stream(
                "POST", url, content=body, headers=dict(headers), extensions=asking
            ) as answer:
                return _outcome(answer)
    except (httpx.HTTPError, OSError) as failure:
        # Its words may name the address, which is a secret of Slack's.
        return Untold(f"no answer: {type(failure).__name__}")


def _outcome(answer: httpx.Response) -> Outcome:
    if answer.is_success:
        return Told()
    wish = answer.headers.get("retry-after", "")
    return Untold(
        f"the answer was {answer.status_code}", wished(wish, time.time(), LONGEST_WISH)
    )
