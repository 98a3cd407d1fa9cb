"""An OpenID Connect provider on loopback, which says whatever a test tells it to say."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "holdshort", "a secret of the client"


@cache
def key(name: str) -> RSAKey:
    """The one of this name."""
    return RSAKey.generate_key(2048, parameters={"kid": name, "alg": "RS256"})


def signed(claims: dict[str, Any], *, by: str = "ours", kid: str = "ours") -> str:
    """As a provider signs."""
    return jwt.encode({"alg": "RS256", "kid": kid}, claims, key(by))


@dataclass
class Provider:
    """One provider, and what it will say next."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    """Instead of what it would say, or besides; None: left out."""
    document: dict[str, Any] = field(default_factory=dict)
    """The same of where it says everything is."""
    sign: Callable[[dict[str, Any]], str] = signed
    status: int = 200
    """What its token endpoint answers with."""
    asked: list[dict[str, str]] = field(default_factory=list)
    """How browsers were sent here."""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def well_known(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            **self.document,
        }

    def authorized(self, asked: dict[str, str]) -> str:
        """Where the browser goes back to, with a code."""
        code = secrets.token_urlsafe()
        self.asked.append(asked)
        self.codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"], "iss": self.issuer})
        return f"{asked['redirect_uri']}?{back}"

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """What a code is exchanged for, once, against the verifier of its challenge."""
        asked = self.codes.pop(form["code"], None)
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or challenge != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        usual = {
            "iss": self.issuer,
            "sub": "4711",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "email": "ada@example.com",
            "email_verified": True,
            **({"auth_time": now} if "max_age" in asked else {}),
        }
        said = {
            name: told for name, told in {**usual, **self.claims}.items() if told is not None
        }
        return self.status, {
            "access_token": "x",
            "token_type": "Bearer",
            "id_token": self.sign(said),
        }


def unsigned(claims: dict[str, Any]) -> str:
    """What says that it needs no signature."""
    parts = ({"alg": "none"}, claims)
    head, said = (
        base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=") for one in parts
    )
    return f"{head.decode()}.{said.decode()}."


def signed_with_the_clients_secret(claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))


def signed_with_the_public_key(claims: dict[str, Any]) -> str:
    """As if what everybody may know were a secret."""
    public = key("ours").as_pem(private=False)
    return jwt.encode({"alg": "HS256", "kid": "ours"}, claims, OctKey.import_key(public.hex()))


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        where = urlsplit(self.path)
        if where.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.server.one.authorized(_flat(where.query)))
            self.end_headers()
        elif where.path == "/keys":
            self._say(200, {"keys": [key("ours").as_dict(private=False)]})
        else:
            self._say(200, self.server.one.well_known())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._say(*self.server.one.token(_flat(body.decode())))

    def _say(self, status: int, said: dict[str, Any]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    def __init__(self, one: Provider) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.one = one


@contextmanager
def provider() -> Iterator[Provider]:
    """Running, as long as the block lasts."""
    one = Provider()
    server = _Server(one)
    one.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield one
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
