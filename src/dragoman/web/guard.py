"""What stands before every answer: who may ask, how long a question may be, and what a browser may do with the page."""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.web.problem import problem

LONGEST = 4000
"""Bytes of a query."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "interest-cohort=()",
}


class Guard:
    """ASGI middleware. hosts: the names by which the server may be called; empty for any. Against pages elsewhere that
    would read a record through a name of theirs that they point at this machine."""

    def __init__(self, app: ASGIApp, hosts: Collection[str] = ()) -> None:
        self.app, self.hosts = app, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the question through."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        refused = None
        if len(scope["query_string"]) > LONGEST or len(scope["path"]) > LONGEST:
            refused = problem(414, "The address is too long.", f"It may have {LONGEST} bytes after the question mark.")
        elif self.hosts and _host(Headers(scope=scope).get("host", "")) not in self.hosts:
            refused = problem(421, "The server is not called that.", f"It is {', '.join(sorted(self.hosts))}.")
        await (refused or self.app)(scope, receive, guarded)


def _host(text: str) -> str:
    """A Host header without its port."""
    return text[: text.rfind("]") + 1] if text.startswith("[") else text.partition(":")[0].lower()
