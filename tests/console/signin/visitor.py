"""A browser as far as it matters here: it keeps cookies and says where a form comes from."""

from __future__ import annotations

from http.cookies import Morsel, SimpleCookie

import httpx

FROM_HERE = "here"


class Visitor:
    """One person's browser, or whoever plays one."""

    def __init__(self, origin: str, **headers: str) -> None:
        self.origin = origin
        self.cookies: dict[str, str] = {}
        self.set: dict[str, Morsel[str]] = {}
        """The cookies of the last answer."""
        self._headers = {"accept": "text/html", **headers}

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self._ask("GET", path, headers, None)

    def post(
        self, path: str, form: dict[str, str] | None = None, **headers: str
    ) -> httpx.Response:
        """A form of the page itself, unless a header says otherwise."""
        return self._ask("POST", path, {"origin": self.origin, **headers}, form or {})

    def copy(self) -> Visitor:
        """Another browser with the same cookies: a thief's."""
        other = Visitor(self.origin)
        other.cookies = dict(self.cookies)
        return other

    def is_in(self) -> bool:
        """Whether a page that only somebody signed in sees is shown."""
        answer = self.get("/signin/sessions")
        return answer.status_code == 200

    def _ask(
        self, method: str, path: str, headers: dict[str, str], form: dict[str, str] | None
    ) -> httpx.Response:
        held = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        told = {**self._headers, **({"cookie": held} if held else {}), **headers}
        sent = [(name.encode(), said.encode()) for name, said in told.items()]
        with httpx.Client(verify=False, timeout=60) as client:  # to trust nobody takes no time
            answer = client.request(method, self.origin + path, headers=sent, data=form)
        self._keep(answer)
        return answer

    def _keep(self, answer: httpx.Response) -> None:
        self.set = {}
        for header in answer.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(header).items():
                self.set[name] = morsel
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
