"""Amazon's Signature Version 4, of one request without a query of more than one spelling."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """A key, and for what it signs."""

    key: str
    secret: str = field(repr=False)
    region: str
    service: str

    def headers(
        self, method: str, url: str, given: Mapping[str, str], body: bytes, at: dt.datetime
    ) -> dict[str, str]:
        """The headers to add; `given` are signed, too, with the host and the time."""
        moment = f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
        where = urlsplit(url)
        signed = {**given, "host": where.netloc, "x-amz-date": moment}
        listed = ";".join(sorted(signed))
        said = "".join(f"{name}:{' '.join(signed[name].split())}\n" for name in sorted(signed))
        path = quote(where.path or "/", safe="/-_.~")
        query = "&".join(sorted(where.query.split("&")))
        digest = hashlib.sha256(body).hexdigest()
        whole = "\n".join((method, path, query, said, listed, digest))
        scope = f"{moment[:8]}/{self.region}/{self.service}/aws4_request"
        hashed = hashlib.sha256(whole.encode()).hexdigest()
        to_sign = "\n".join(("AWS4-HMAC-SHA256", moment, scope, hashed))
        signature = hmac.digest(self._key(moment[:8]), to_sign.encode(), "sha256").hex()
        return {
            "x-amz-date": moment,
            "authorization": f"AWS4-HMAC-SHA256 Credential={self.key}/{scope}, "
            f"SignedHeaders={listed}, Signature={signature}",
        }

    def _key(self, day: str) -> bytes:
        key = f"AWS4{self.secret}".encode()
        for part in (day, self.region, self.service, "aws4_request"):
            key = hmac.digest(key, part.encode(), "sha256")
        return key
