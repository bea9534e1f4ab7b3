"""A wiki's articles, through the API of MediaWiki. Uses the network, and only when it is asked to."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Self

import httpx
import msgspec

from dragoman.errors import QueryError, ReadingError

API = "https://{language}.wikipedia.org/w/api.php"
_TRIES, _FIRST_WAIT, _LONGEST_WAIT = 6, 1.0, 120.0
"""How often an answer is asked for, and seconds waited after the first and at most; each wait is twice the one before."""
_MAXLAG = 5
_BUSY = ("maxlag", "ratelimited", "readonly", "internal_api_error")
_NEAREST = 5


class Article(msgspec.Struct, frozen=True):
    """One revision of an article. date: when it was made, ISO 8601. address: of this very revision. licence: of the wiki."""

    title: str
    language: str
    revision: str
    date: str
    licence: str
    address: str
    text: str


class Found(msgspec.Struct, frozen=True):
    """An article that exists. languages: titles of the same in other languages. by: the title it was found by, if another."""

    title: str
    by: str
    languages: dict[str, str]


class Wiki:
    """A family of wikis, one a language. A context manager.

    api: the address of the API, {language} in it. contact: an e-mail address or page at which its operators reach who is asking.
    wait: what waits for so many seconds. progress: told of every wait, in words.
    """

    def __init__(
        self,
        api: str = API,
        contact: str = "",
        version: str = "",
        wait: Callable[[float], None] = time.sleep,
        progress: Callable[[str], None] | None = None,
    ) -> None:
        agent = f"dragoman/{version or '0'} ({contact or 'no contact given'}) httpx/{httpx.__version__}"
        if not agent.isascii() or not agent.isprintable():
            raise QueryError(
                "The contact has characters that a request cannot hold.", "--contact", "Give an e-mail address or a web address."
            )
        self._api, self._wait, self._progress = api, wait, progress
        self._rights: dict[str, tuple[str, str]] = {}
        self._client = httpx.Client(headers={"User-Agent": agent}, timeout=httpx.Timeout(30), follow_redirects=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._client.close()

    def find(self, title: str, language: str) -> Found:
        """The article of that title, redirects followed. Raises QueryError when there is none, with the nearest titles."""
        if "|" in title:
            raise self._missing(title, language, "it has a bar in it.")
        links: dict[str, str] = {}
        page: dict[str, Any] = {}
        for answer in self._query(language, titles=title, prop="langlinks", lllimit="max", redirects="1"):
            pages = answer.get("pages") or [{"missing": True}]
            page = pages[0]
            links |= {link["lang"]: link["title"] for link in page.get("langlinks", ())}
        if page.get("invalid") or page.get("missing") or "title" not in page:
            raise self._missing(title, language, page.get("invalidreason", ""))
        found = str(page["title"])
        return Found(found, "" if found == title.replace("_", " ").strip() else title, links)

    def _missing(self, title: str, language: str, reason: str) -> QueryError:
        if reason:
            return QueryError(f"No article can be called {title!r}: {reason}", language, "Correct the title.")
        (answer, *_) = self._query(language, list="search", srsearch=title, srlimit=str(_NEAREST), srprop="")
        titles = [str(one["title"]) for one in answer.get("search", ())]
        advice = f"Nearest: {'; '.join(titles)}." if titles else "Nothing like it was found; look at its spelling, and its language."
        return QueryError(f"There is no article {title!r} in this wiki.", language, advice)

    def newest(self, title: str, language: str) -> Article:
        """The newest revision of an article."""
        return self._revision(title, language, {})

    def before(self, title: str, language: str, date: str) -> Article | None:
        """The revision that stood at a time (ISO 8601), None before there was any."""
        try:
            return self._revision(title, language, {"rvstart": date, "rvdir": "older"})
        except _NoRevisionError:
            return None

    def date_of(self, revision: str, title: str, language: str) -> str:
        """When a revision of that article was made. Raises QueryError when it is none of that article's."""
        (answer, *_) = self._query(language, revids=revision, prop="revisions", rvprop="ids|timestamp")
        page: dict[str, Any] = next(iter(answer.get("pages", ())), {})
        made: dict[str, Any] = next(iter(page.get("revisions", ())), {})
        if page.get("title") != title or "timestamp" not in made:
            of = f"; it is one of {page['title']!r}" if "title" in page else ""
            raise QueryError(f"{title!r} has no revision {revision}{of}.", language, "Take it from the article's history, or give a date.")
        return str(made["timestamp"])

    def _revision(self, title: str, language: str, which: dict[str, str]) -> Article:
        licence, base = self._site(language)
        asked = {"titles": title, "prop": "revisions", "rvprop": "ids|timestamp|content", "rvslots": "main", "rvlimit": "1"} | which
        (answer, *_) = self._query(language, **asked)
        page: dict[str, Any] = next(iter(answer.get("pages", ())), {})
        revision = next(iter(page.get("revisions", ())), None)
        if revision is None:
            raise _NoRevisionError(f"{title!r} has no revision.", language, "It may have been deleted.")
        content = revision.get("slots", {}).get("main", {}).get("content")
        if content is None:
            raise QueryError(f"The text of revision {revision.get('revid')} of {title!r} is hidden.", language, "Ask for another edition.")
        address = str(httpx.URL(base, params={"title": str(page["title"]).replace(" ", "_"), "oldid": str(revision["revid"])}))
        return Article(str(page["title"]), language, str(revision["revid"]), str(revision["timestamp"]), licence, address, str(content))

    def members(self, category: str, language: str) -> list[str]:
        """The titles of the articles in a category. Raises QueryError when there are none."""
        name = category if ":" in category else f"Category:{category}"
        titles: list[str] = []
        for answer in self._query(language, list="categorymembers", cmtitle=name, cmtype="page", cmnamespace="0", cmlimit="max"):
            titles += [str(page["title"]) for page in answer.get("categorymembers", ())]
        if not titles:
            raise QueryError(f"The category {category!r} has no articles.", language, "Look at its spelling, and its language.")
        return titles

    def _site(self, language: str) -> tuple[str, str]:
        """The licence of a wiki, and the address of its pages."""
        if language not in self._rights:
            (answer, *_) = self._query(language, meta="siteinfo", siprop="general|rightsinfo")
            general, rights = answer.get("general", {}), answer.get("rightsinfo", {})
            server = str(general.get("server", ""))
            server = f"https:{server}" if server.startswith("//") else server
            base = f"{server}{general.get('script', '/w/index.php')}" if server else str(self._address(language).join("index.php"))
            self._rights[language] = str(rights.get("text") or rights.get("url") or ""), base
        return self._rights[language]

    def _address(self, language: str) -> httpx.URL:
        try:
            address = httpx.URL(self._api.format(language=language))
        except (httpx.InvalidURL, ValueError, LookupError) as error:
            raise QueryError(f"{self._api!r} is no address: {error}.", "--api", f"Write it like {API}.") from error
        if address.scheme not in ("http", "https") or not address.host:
            raise QueryError(f"{self._api!r} is no address.", "--api", f"Write it like {API}.")
        return address

    def _query(self, language: str, **asked: str) -> Iterator[dict[str, Any]]:
        """The answers to a query, as many as it takes."""
        more: dict[str, str] = {}
        base = {"action": "query", "format": "json", "formatversion": "2", "maxlag": str(_MAXLAG)}
        while True:
            answer = self._ask(language, base | asked | more)
            query = answer.get("query", {})
            if not isinstance(query, dict):
                raise ReadingError("The answer is not that of MediaWiki's API.", str(self._address(language)), "Look at --api.")
            yield query
            if not answer.get("continue"):
                return
            more = {key: str(value) for key, value in answer["continue"].items()}

    def _ask(self, language: str, asked: dict[str, str]) -> dict[str, Any]:
        """One answer; what may pass (cut connections, a busy server) is tried again, later each time."""
        address, pause, said = self._address(language), _FIRST_WAIT, ""
        for attempt in range(_TRIES):
            if attempt:
                if self._progress:
                    self._progress(f"{said} Trying again in {pause:.0f} s.")
                self._wait(pause)
                pause = min(2 * pause, _LONGEST_WAIT)
            try:
                response = self._client.get(address, params=asked)
            except httpx.TooManyRedirects as error:
                raise ReadingError("The server sends us round in a circle.", str(address), "Look at --api.") from error
            except httpx.TransportError as error:
                said = f"The server cannot be reached: {str(error) or type(error).__name__}."
                continue
            except httpx.DecodingError as error:
                said = f"The answer is damaged: {error}."
                continue
            later = _seconds(response.headers.get("Retry-After", ""))
            if response.status_code == 429 or response.status_code >= 500:
                said, pause = f"The server is busy (status {response.status_code}).", max(pause, later)
                continue
            if response.status_code >= 400:
                advice = "No wiki has this language." if response.status_code == 404 else "Look at --api; some servers ask for --contact."
                raise ReadingError(f"The server refuses (status {response.status_code}).", str(address), advice)
            try:
                answer = msgspec.json.decode(response.content)
            except (msgspec.DecodeError, UnicodeDecodeError):
                said = "The answer is no JSON."
                continue
            if not isinstance(answer, dict):
                raise ReadingError("The answer is not that of MediaWiki's API.", str(address), "Look at --api.")
            problem = answer.get("error")
            if not problem:
                return answer
            code, info = str(problem.get("code", "")), str(problem.get("info", ""))
            if code not in _BUSY:
                raise QueryError(f"The wiki refuses: {info or code}.", language, "Correct what was asked for.")
            said, pause = f"The wiki is busy ({code}).", max(pause, later)
        raise ReadingError(f"{said} It was tried {_TRIES} times.", str(address), "See whether you are connected, and try again later.")


class _NoRevisionError(QueryError):
    """An article has no revision as was asked for."""


def _seconds(value: str) -> float:
    """Of a Retry-After header: seconds, or a date; at most as long as is ever waited."""
    try:
        return min(max(float(value), 0.0), _LONGEST_WAIT)
    except ValueError:
        pass
    try:
        return min(max(parsedate_to_datetime(value).timestamp() - time.time(), 0.0), _LONGEST_WAIT)
    except (TypeError, ValueError):
        return 0.0
