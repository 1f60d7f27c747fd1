"""YouTube: its oEmbed interface says whether a video exists, with its title; the watch page answers 200 to everything.

https://oembed.com/ section 2.3.4. The meaning of the status codes was found by trying: 401 is a video that can't be
embedded, 403 a private one, 404 and 400 no video. The owner of the channel is given, too, but is often not the speaker.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from linkcheck.identity import identify
from linkcheck.model import RegistryAnswer
from linkcheck.registries.protocol import Access, BatchRequest, Headers, Reading, Record, Subject, address
from linkcheck.registries.reading import json_object, mapping, no_answer, plain, plain_word, text

__all__ = ["Adapter"]

_WATCH = "https://www.youtube.com/watch?v="
_HEADERS = (("Accept", "application/json"),)
_STATUSES = {
    400: ("missing", "no such video"),
    401: ("exists", "embedding is disabled"),
    403: ("exists", "not for everybody"),
    404: ("missing", "no such video"),
}


@dataclass(frozen=True, slots=True)
class Adapter:
    """YouTube's oEmbed interface. A key is the id of a video."""

    endpoint: str
    access: Access = field(default=Access(), repr=False)
    name: str = "YouTube"
    batch: int = 1
    kind: str = "video"

    def key(self, url: str) -> str | None:
        """The video of a link to any of YouTube's addresses; start time, playlist and fragment don't matter."""
        return None if address(url) is None else _video(url)

    def record_key(self, subject: Subject) -> str | None:
        """The video of the subject's page."""
        return _video(subject.url)

    def requests(self, keys: Sequence[str]) -> tuple[BatchRequest, ...]:
        """One request for each video."""
        return tuple(
            BatchRequest(self.name, self.endpoint.replace("{url}", quote(_WATCH + key, safe="")), _HEADERS, (key,))
            for key in dict.fromkeys(keys)
        )

    def read(self, request: BatchRequest, status: int, headers: Headers, body: bytes) -> dict[str, Reading]:
        """The video. A refusal with a whole page instead of a few words isn't the interface's own."""
        return dict.fromkeys(request.keys, self._reading(status, headers, body))

    def records(self, saved: object) -> tuple[Record, ...]:
        """The video of an answer."""
        given = mapping(saved)
        found = _record(given) if "provider_name" in given or "author_url" in given else None
        return (found,) if found else ()

    def _reading(self, status: int, headers: Headers, body: bytes) -> Reading:
        given = json_object(body) if status == 200 else None
        if given is not None and isinstance(title := given.get("title"), str) and given.get("type", "video") == "video":
            return Reading(RegistryAnswer(self.name, "exists", text(title)), _record(given))
        if status in _STATUSES and plain_word(body):
            return Reading(RegistryAnswer(self.name, *_STATUSES[status]))
        return no_answer(self.name, status, headers)


def _video(url: str) -> str | None:
    return next((found.key for found in identify(url) if found.kind == "youtube"), None)


def _record(given: Mapping[str, object]) -> Record | None:
    """The record of a video; None if the answer isn't about one."""
    title = plain(given.get("title"))
    return Record("YouTube", title=title, kind="video") if title and given.get("type", "video") == "video" else None
