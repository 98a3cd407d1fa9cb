"""What an OpenID Connect provider says, and what of it is believed.

Authorization code with PKCE, in the browser that left: nonce and verifier are digests of a
secret that it alone holds, so nothing that is stored here or there could stand in for it.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import quote_plus, urlsplit

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from consumers.console.signin.claims import Identity, identity
from outbox.errors import DependencyDown, NotAllowed

_SIGNED_WITH = ["RS256", "PS256", "ES256", "ES384", "EdDSA", "Ed25519"]
"""Never `none`, and nothing that is signed with the client's own secret."""
_WITHIN = 10.0
_LEEWAY = 60
"""Seconds by which the clocks of two machines may differ."""
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_AGAIN = "sign in again; if it stays so: holdshort settings, those of OIDC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One provider, and what it knows us as."""

    issuer: str
    client: str
    secret: str = field(default="", repr=False)
    callback: str
    """Our own address to which it sends people back."""
    name: str
    """The claim that names a person."""
    allowed: frozenset[str]
    """Who of its people may sign in: @domains, groups, or *."""

    def leave(self, browser: str, state: str, *, fresh: bool) -> str:
        """Where to send a browser that holds this secret; `fresh`: to prove who it is anew."""
        asked = {
            "scope": "openid email profile",
            "redirect_uri": self.callback,
            "nonce": _derived("nonce", browser),
            "code_challenge": create_s256_code_challenge(_derived("verifier", browser)),
            "code_challenge_method": "S256",
            **({"prompt": "login", "max_age": "0"} if fresh else {}),
        }
        with self._speaking() as (_, said):
            where = said["authorization_endpoint"]
        return str(prepare_grant_uri(where, self.client, "code", state=state, **asked))

    def come_back(self, browser: str, code: str) -> Identity:
        """Who has come back with this code.  Raises `NotAllowed` or `DependencyDown`."""
        with self._speaking() as (http, said):
            given = self._exchanged(http, said, code, _derived("verifier", browser))
            keys = _json(http.get(said["jwks_uri"]))
            claims = self._believed(given, keys, nonce=_derived("nonce", browser))
        return identity(claims, name=self.name, allowed=self.allowed)

    def _exchanged(
        self, http: httpx.Client, said: Mapping[str, Any], code: str, verifier: str
    ) -> Mapping[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.callback,
            "code_verifier": verifier,
            "client_id": self.client,
        }
        auth: httpx.Auth = httpx.Auth()
        if "client_secret_post" in said.get("token_endpoint_auth_methods_supported", ()):
            form["client_secret"] = self.secret
        elif self.secret:
            auth = httpx.BasicAuth(quote_plus(self.client), quote_plus(self.secret))
        answer = http.post(said["token_endpoint"], data=form, auth=auth)
        given: Mapping[str, Any] = _json(answer)
        return given

    def _believed(
        self, given: Mapping[str, Any], keys: Any, *, nonce: str
    ) -> Mapping[str, Any]:
        read = jwt.decode(
            str(given["id_token"]), KeySet.import_key_set(keys), algorithms=_SIGNED_WITH
        )
        must = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self.client},
        }
        told = {**given, "nonce": nonce, "client_id": self.client}
        claims = CodeIDToken(read.claims, read.header, must, told)
        claims.validate(leeway=_LEEWAY)
        return dict(claims)

    @contextmanager
    def _speaking(self) -> Iterator[tuple[httpx.Client, Mapping[str, Any]]]:
        with httpx.Client(timeout=_WITHIN) as http, _believing():
            where = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
            said = _json(http.get(where))
            if said["issuer"] != self.issuer:
                raise NotAllowed("the provider has another name than it should", hint=_AGAIN)
            if not all(is_safe(str(said[name])) for name in _ENDPOINTS):
                raise NotAllowed("the provider speaks where others may listen", hint=_AGAIN)
            yield http, said


@contextmanager
def _believing() -> Iterator[None]:
    """Whatever is wrong with what it says, nobody is signed in."""
    try:
        yield
    except httpx.HTTPError as error:
        raise DependencyDown(
            f"no answer from the provider: {type(error).__name__}", hint="try again"
        ) from error
    except (JoseError, AttributeError, KeyError, TypeError, ValueError) as error:
        why = f"what the provider says is not believed: {type(error).__name__}"
        raise NotAllowed(why, hint=_AGAIN) from error


def is_safe(url: str) -> bool:
    """Whether nobody on the way can change what is said there."""
    where = urlsplit(url)
    loopback = where.hostname in ("localhost", "127.0.0.1", "::1")
    return where.scheme == "https" or (where.scheme == "http" and loopback)


def _json(answer: httpx.Response) -> Any:
    if not answer.is_success:
        raise ValueError(f"the provider answers {answer.status_code}")
    return answer.json()


def _derived(purpose: str, browser: str) -> str:
    digest = sha256(f"{purpose} of {browser}".encode()).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
