"""YouTube: its oEmbed interface knows whether a video is there; the watch page says 200 to everything.

https://oembed.com/ section 2.3.4. What YouTube makes of its status codes was read off its answers: 401 is a video that may not
be embedded, 403 a private one, 404 and 400 no video.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from linkcheck.identity import identify
from linkcheck.model import RegistryAnswer
from linkcheck.registries.question import BatchRequest, Headers, address, unknown
from linkcheck.registries.reading import json_object, plain_word, text

ENDPOINT = "https://www.youtube.com/oembed?url={url}&format=json"
_WATCH = "https://www.youtube.com/watch?v="
_HEADERS = (("Accept", "application/json"),)
_WORDS = {
    400: ("missing", "no such video"),
    401: ("exists", "embedding is disabled"),
    403: ("exists", "not for everybody"),
    404: ("missing", "no such video"),
}


@dataclass(frozen=True, slots=True)
class YouTube:
    """YouTube's oEmbed interface. A key is the id of a video."""

    endpoint: str = ENDPOINT
    name: str = "YouTube"
    batch: int = 1

    def key(self, url: str) -> str | None:
        """The video that a link plays, by any of YouTube's addresses; a start time, a playlist around it, a fragment don't matter."""
        if address(url) is None:
            return None
        return next((found.key for found in identify(url) if found.kind == "youtube"), None)

    def questions(self, keys: Sequence[str]) -> tuple[BatchRequest, ...]:
        """One request for each video."""
        return tuple(
            BatchRequest(self.name, self.endpoint.replace("{url}", quote(_WATCH + key, safe="")), _HEADERS, (key,))
            for key in dict.fromkeys(keys)
        )

    def read(self, question: BatchRequest, status: int, headers: Headers, body: bytes) -> dict[str, RegistryAnswer]:
        """The word on the one video. A whole page instead of a plain word is another's answer: a wall's, or a lost interface's."""
        del headers
        found = self._word(status, body)
        return dict.fromkeys(question.keys, found)

    def _word(self, status: int, body: bytes) -> RegistryAnswer:
        video = json_object(body) if status == 200 else None
        if video is not None and isinstance(video.get("title"), str) and video.get("type", "video") == "video":
            return RegistryAnswer(self.name, "exists", text(video["title"]))
        if status in _WORDS and plain_word(body):
            return RegistryAnswer(self.name, *_WORDS[status])
        return unknown(self.name, f"the oEmbed interface gave no answer on this video ({status})")
