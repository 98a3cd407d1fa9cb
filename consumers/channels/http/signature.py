"""The signature of the Standard Webhooks, and what is waited for after an answer."""

from __future__ import annotations

import base64
import datetime as dt
import hmac
from email.utils import parsedate_to_datetime


def signed(id: str, timestamp: int, body: bytes, secret: bytes) -> dict[str, str]:
    """The headers of the Standard Webhooks; `timestamp` is in seconds since 1970."""
    mac = hmac.digest(secret, b"%b.%d.%b" % (id.encode(), timestamp, body), "sha256")
    return {
        "webhook-id": id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{base64.b64encode(mac).decode()}",
    }


def wished(retry_after: str, now: float, most: dt.timedelta) -> dt.timedelta:
    """What Retry-After asks for, in seconds or as a date; `most`, if that is less."""
    try:
        seconds = float(retry_after) if retry_after.isdecimal() else _moment(retry_after) - now
    except (ValueError, OverflowError):
        return dt.timedelta(0)
    return dt.timedelta(seconds=min(max(0.0, seconds), most.total_seconds()))


def _moment(date: str) -> float:
    return parsedate_to_datetime(date).timestamp()
