"""YouTube: its oEmbed interface says a video's title.

https://oembed.com/ section 2.3.4. Whose channel a video is on it says, too, but that is often not who speaks in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.metadata.parsing import object_in, plain
from generator.metadata.record import Answer, BatchRequest, Headers, Record, Subject
from linkcheck.registries.reading import spent
from linkcheck.registries.youtube import YouTube

__all__ = ["Videos", "video"]


@dataclass(frozen=True, slots=True)
class Videos:
    """YouTube's oEmbed interface. A key is the id of a video."""

    endpoint: str
    name: str = "YouTube"

    def key(self, subject: Subject) -> str | None:
        """The video."""
        return subject.video or None

    def questions(self, keys: Sequence[str]) -> tuple[BatchRequest, ...]:
        """One request for each video."""
        return YouTube(self.endpoint if "{" in self.endpoint else f"{self.endpoint}?url={{url}}&format=json").questions(keys)

    def read(self, question: BatchRequest, status: int, headers: Headers, body: bytes) -> Answer:
        """The one video. One that may not be embedded, or not be seen by everybody, isn't told of."""
        if status in {400, 404}:
            return Answer(absent=frozenset(question.keys))
        if status != 200:
            if spent(status, headers):
                return Answer(why="YouTube asks not to be asked now: try again in some minutes")
            return Answer(why="YouTube tells nothing of this video" if status in {401, 403} else f"YouTube answered {status}")
        found = video(object_in(body) or {})
        if found is None:
            return Answer(why="YouTube's answer isn't in the form that is known", odd=True)
        return Answer(dict.fromkeys(question.keys, found))


def video(given: Mapping[str, object]) -> Record | None:
    """What an answer says of a video; None where it is about none."""
    title = plain(given.get("title"))
    if title is None or given.get("type", "video") != "video":
        return None
    return Record("YouTube", title=title, kind="video")
