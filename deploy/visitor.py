"""A person at the console, with a browser that knows forms and no scripts."""

from __future__ import annotations

import re
from types import TracebackType
from urllib.parse import parse_qs, urlsplit

import httpx

from outbox.errors import HoldshortError

_DIGEST = re.compile(r'name="digest" value="([0-9a-f]{64})"')
_SAID = re.compile(r'<p class="why">([^<]*)</p>')


class Visitor:
    """In its block signed in by a link; they open the page of what they decide on."""

    def __init__(self, link: str) -> None:
        origin = f"{urlsplit(link).scheme}://{urlsplit(link).netloc}"
        headers = {"Origin": origin, "Sec-Fetch-Site": "same-origin"}
        self._client = httpx.Client(base_url=origin, headers=headers, trust_env=False)
        [self._token] = parse_qs(urlsplit(link).query)["token"]

    def decide(self, id: int, verb: str, **form: str) -> None:
        """Open the page of an intent, and post one of its forms with the digest it shows."""
        page = self._checked(self._client.get(f"/intents/{id}"))
        found = _DIGEST.search(page)
        if found is None:
            raise HoldshortError(f"the page of intent {id} has nothing to decide on")
        self.post(f"/intents/{id}/{verb}", digest=found[1], **form)

    def post(self, path: str, **form: str) -> None:
        """Post a form.  Raises `HoldshortError` with what the page says went wrong."""
        self._checked(self._client.post(path, data=form))

    def _checked(self, answer: httpx.Response) -> str:
        if answer.is_error:
            said = _SAID.search(answer.text)
            raise HoldshortError(f"the console says: {said[1] if said else answer.status_code}")
        # A cookie of https alone: browsers take localhost for as good, this client does not.
        for cookie in self._client.cookies.jar:
            cookie.secure = False
        return answer.text

    def __enter__(self) -> Visitor:
        try:
            self.post("/signin/once", token=self._token)
        except BaseException:
            self._client.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()
