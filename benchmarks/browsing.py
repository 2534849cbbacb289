"""A browser that keeps its cookies, for what has to happen before a request can be measured."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from benchmarks.serving import Answer, Request, Worker

FORM = "application/x-www-form-urlencoded"
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
MAIN_FORM = re.compile(r'<form[^>]*action="(?:/checkout|/cart/add)"[^>]*>.*?</form>', re.S)


class Browser:
    """One visitor."""

    def __init__(self, worker: Worker, address: str = "192.0.2.1") -> None:
        self._worker = worker
        self._cookies: dict[str, str] = {}
        self._address = address

    def headers(self) -> dict[str, str]:
        """What the browser sends with its next request."""
        sent = {"User-Agent": AGENT, "X-Real-IP": self._address, "Accept-Language": "en-GB,en;q=0.9"}
        if self._cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        return sent

    def get(self, path: str) -> str:
        """Open a page."""
        return self._keep(Request(path, headers=self.headers())).body.decode()

    def post(self, path: str, values: Mapping[str, str]) -> Answer:
        """Send a form."""
        return self._keep(self.form(path, values))

    def form(self, path: str, values: Mapping[str, str]) -> Request:
        """The request of a form, for somebody else to send."""
        headers = self.headers() | {"Content-Type": FORM}
        return Request(path, "POST", headers, urlencode(values).encode())

    def _keep(self, request: Request) -> Answer:
        answer = self._worker.send(request)
        for line in answer.headers.get_all("Set-Cookie") or ():  # type: ignore[attr-defined]
            for name, morsel in SimpleCookie(line).items():
                self._cookies[name] = morsel.value
        return answer


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the page's own form, the token of the session among them."""
    form = MAIN_FORM.search(page)
    if form is None:
        raise RuntimeError("the page has no form of its own")
    fields = (dict(ATTRIBUTE.findall(tag)) for tag in HIDDEN.findall(form.group()))
    return {field["name"]: field.get("value", "") for field in fields}
