"""All links of one run, in a temporary SQLite database: memory holds what is in flight, not the collection.

SQLite keeps a small database in memory and moves a large one to a file of its own, which it removes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, overload

from linkcheck.engine.targets import Continuation, Target, links_by_url, own_settings, target_of, unaskable
from linkcheck.history.facts import fact_of, observations
from linkcheck.model import Excuse, FailureKind, Hop, Link, Observation, Outcome, Place, Settled, Verdict, Work
from linkcheck.policy import Policy
from linkcheck.urls import fetch_key

__all__ = ["LinkStore", "StoredVerdicts", "Tonight"]

_TABLES = """
create table url (id integer primary key, url text not null, settings text not null, key text, unique (url, settings));
create index url_key on url (key);
create table link (
    url integer not null, path text, line integer, col integer, entry text, field text, list text, more text
);
create index link_url on link (url);
create table target (
    key text primary key, url text not null, host text not null, site text not null, seq integer not null,
    state integer not null default 1, rank integer not null default 1, since text not null default '',
    hops text, neighbour text not null default '', partition integer
);
create table page (digest text primary key, key text not null) without rowid;
create table verdict (id integer primary key, outcome text not null, data text not null);
create table result (key text primary key, fact text, seconds text, reason text not null default '') without rowid;
"""
_INDEXES = (
    "create index target_host on target (host, state, rank, since, seq)",
    "create index target_partition on target (partition, rank, since, seq) where partition is not null",
)
_KNOWN, _WAITS, _REGISTRY, _TAKEN = 0, 1, 2, 3
_PAGE = 256
"""Rows that are read at a time where others change between them."""
_LINKS = "select url.url, path, line, col, entry, field, list, more from link join url on link.url = url.id where "


@dataclass(frozen=True, slots=True)
class Tonight:
    """What this run has of a fetch key: its observation, or the reason why there is none."""

    seen: Observation | None = None
    reason: str = ""


class LinkStore:
    """The links of one run by place, the targets that they share, and what was seen of each."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(f"pragma journal_mode=off; pragma synchronous=off; pragma temp_store=file; begin; {_TABLES}")
        self.asked = 0
        """Targets that are to be asked in this run."""
        self.for_registries = 0
        """Those of them that a registry is asked about first."""

    def read(self, links: Iterable[Link], policy: Policy) -> None:
        """Take in all links; those that can be asked become targets, one for each fetch key."""
        db = self._db
        for link in links:
            own = link.url, own_settings(link, policy)
            row = db.execute("insert or ignore into url (url, settings) values (?, ?) returning id", own).fetchone()
            if row is None:
                (number,) = db.execute("select id from url where url = ? and settings = ?", own).fetchone()
            else:
                (number,) = row
                if unaskable(link, policy) is None:
                    self._add_target(*own, number)
            place = link.place
            db.execute(
                "insert into link values (?, ?, ?, ?, ?, ?, ?, ?)",
                (number, place.path, place.line, place.column, place.entry, place.field, place.list, _more(link)),
            )
        for index in _INDEXES:
            db.execute(index)

    def _add_target(self, url: str, settings: str, number: int) -> None:
        made = target_of(url, [], f"{fetch_key(url)} {settings}".rstrip())
        self._db.execute("update url set key = ? where id = ?", (made.key, number))
        self._db.execute(
            "insert or ignore into target (key, url, host, site, seq) values (?, ?, ?, ?, ?)",
            (made.key, made.url, made.host, made.site, number),
        )

    def targets(self) -> Iterator[Target]:
        """Every target, in the order of first places; for what is decided before any is asked."""
        rows = self._db.execute("select key, url, host, site, hops, neighbour from target order by seq")
        return (self._target(*row) for row in rows)

    def urls_at(self, hosts: Iterable[str]) -> Iterator[str]:
        """The URLs of all targets at some hosts, in the order of first places."""
        names = tuple(hosts)
        where = f"where host in ({', '.join('?' * len(names))}) order by seq"
        return (url for (url,) in self._db.execute(f"select url from target {where}", names))  # noqa: S608  # our text

    def _target(self, key: str, url: str, host: str, site: str, hops: str | None, neighbour: str) -> Target:
        begun = _hops(json.loads(hops)) if hops else ()
        return Target(key, url, self._links("url.key = ? order by link.rowid", key), host, site, begun, neighbour)

    def begin_from(self, chain: Continuation) -> None:
        """Let a target go on where another machine stopped: at the next URL of its redirect chain, on that URL's host."""
        ahead = target_of(chain.url, [])
        self._db.execute(
            "update target set url = ?, host = ?, site = ?, hops = ?, neighbour = ? where key = ?",
            (ahead.url, ahead.host, ahead.site, json.dumps(_hop_rows(chain.hops)), chain.neighbour, chain.key),
        )

    def _links(self, where: str, value: object) -> list[Link]:
        return [_link(*row) for row in self._db.execute(_LINKS + where, (value,))]

    def prioritise(self, key: str, rank: int, since: str) -> None:
        """Set a target's place among those of its host: the smallest rank first, then the earliest instant."""
        self._db.execute("update target set rank = ?, since = ? where key = ?", (rank, since, key))

    def settle_early(self, key: str) -> None:
        """Mark a target that needs no asking."""
        self._db.execute("update target set state = ? where key = ?", (_KNOWN, key))

    def leave_to_registry(self, key: str) -> None:
        """Mark a target that a registry is asked about first."""
        self._db.execute("update target set state = ? where key = ?", (_REGISTRY, key))
        self.for_registries += 1

    def count(self) -> dict[str, int]:
        """How many targets of each site are to be asked, those for registries included; also sets `asked`."""
        rows = self._db.execute("select site, count(*) from target where state in (?, ?) group by site", (_WAITS, _REGISTRY))
        found: dict[str, int] = dict(rows)
        self.asked = sum(found.values())
        return found

    def busy_sites(self, above: int) -> frozenset[str]:
        """Sites with more targets that are to be asked than `above`."""
        rows = self._db.execute(
            "select site from target where state in (?, ?) group by site having count(*) > ?", (_WAITS, _REGISTRY, above)
        )
        return frozenset(site for (site,) in rows)

    def hosts(self) -> Iterator[tuple[str, int]]:
        """Hosts with targets that wait now and how many, most first; what changes later changes nothing."""
        self._db.execute("drop table if exists host")
        self._db.execute(
            "create table host as select host, count(*) as n from target where state = ? group by host order by n desc, min(seq)",
            (_WAITS,),
        )
        last = 0
        while rows := self._db.execute("select rowid, host, n from host where rowid > ? limit ?", (last, _PAGE)).fetchall():
            yield from ((host, count) for _, host, count in rows)
            last = rows[-1][0]

    def peek(self, host: str) -> list[Target]:
        """The next target of a host, which stays where it is."""
        rows = self._db.execute(
            "select key, url, host, site, hops, neighbour from target where host = ? and state = ? order by rank, since, seq limit 1",
            (host, _WAITS),
        )
        return [self._target(*row) for row in rows]

    def take(self, host: str, most: int) -> list[Target]:
        """The next targets of a host, at most `most`, the most urgent first."""
        return self._take("host = ? and state = ? order by rank, since, seq limit ?", (host, _WAITS, most))

    def take_for_registries(self, most: int) -> list[Target]:
        """The next targets that registries are asked about."""
        return self._take("state = ? order by rank, since, seq limit ?", (_REGISTRY, most))

    def _take(self, where: str, values: tuple[object, ...]) -> list[Target]:
        rows = self._db.execute(f"select key, url, host, site, hops, neighbour from target where {where}", values).fetchall()  # noqa: S608  # our text
        self._db.executemany("update target set state = ? where key = ?", [(_TAKEN, key) for key, *_ in rows])
        return [self._target(*row) for row in rows]

    def seen_elsewhere(self, digest: str, key: str) -> bool:
        """Whether another target showed the page with this digest before."""
        if not digest:
            return False
        self._db.execute("insert or ignore into page values (?, ?)", (digest, key))
        found: tuple[str] = self._db.execute("select key from page where digest = ?", (digest,)).fetchone()
        return found[0] != key

    def assign(self, key: str, partition: int) -> None:
        """Leave a target to a partition of a cluster; what is known of it in this run is dropped."""
        self._db.execute("update target set partition = ? where key = ?", (partition, key))
        self._db.execute("delete from result where key = ?", (key,))

    def to_ask(self) -> Iterator[Target]:
        """Every target that is to be asked, those for registries included, in the order of first places."""
        where = "where state in (?, ?) order by seq"
        rows = self._db.execute(f"select key, url, host, site, hops, neighbour from target {where}", (_WAITS, _REGISTRY))  # noqa: S608  # our text
        return (self._target(*row) for row in rows)

    def open_partitions(self) -> set[int]:
        """The partitions with targets of which this run knows nothing yet."""
        left = "partition is not null and not exists (select 1 from result where result.key = target.key)"
        return {number for (number,) in self._db.execute(f"select distinct partition from target where {left}")}  # noqa: S608  # our text

    def open_targets(self, partition: int) -> Iterator[Target]:
        """The targets of a partition of which this run knows nothing yet, the most urgent first."""
        rows = self._db.execute(
            "select key, url, host, site, hops, neighbour from target where partition = ? "
            "and not exists (select 1 from result where result.key = target.key) order by rank, since, seq",
            (partition,),
        )
        return (self._target(*row) for row in rows)

    def target(self, key: str) -> Target | None:
        """The target with a fetch key."""
        row = self._db.execute("select key, url, host, site, hops, neighbour from target where key = ?", (key,)).fetchone()
        return self._target(*row) if row else None

    def keep(self, seen: Observation) -> None:
        """Keep what was seen of a target; it replaces what was kept before."""
        seconds = " ".join(f"{hop.seconds:.6g}" for hop in seen.hops)
        row = seen.key, _stamped(seen), seconds, seen.discarded_reason
        self._db.execute("insert or replace into result values (?, ?, ?, ?)", row)

    def skip(self, key: str, reason: str) -> None:
        """Note why nothing counts of a target, where it wasn't or couldn't be asked."""
        self._db.execute("insert or replace into result values (?, null, null, ?)", (key, reason))

    def skip_rest(self, reason: str) -> None:
        """Note the same reason for every target that was to be asked and has no result."""
        self._db.execute(
            "insert or ignore into result select key, null, null, ? from target where state != ?", (reason, _KNOWN)
        )

    def skipped(self) -> Iterator[tuple[str, str]]:
        """Fetch keys of which nothing was seen, with the reason."""
        yield from self._db.execute("select key, reason from result where fact is null")

    def is_known(self, key: str) -> bool:
        """Whether this run knows of a fetch key what was seen, or why nothing was."""
        return self._db.execute("select 1 from result where key = ?", (key,)).fetchone() is not None

    def discard(self, site: str | None, reason: str) -> None:
        """Let what was seen of a site's targets count for nothing; of all of them where `site` is None."""
        where = "" if site is None else " and key in (select key from target where site = ?)"
        values = (reason,) if site is None else (reason, site)
        self._db.execute(f"update result set reason = ? where fact is not null{where}", values)  # noqa: S608  # our text

    def discarded(self) -> Iterator[tuple[str, str]]:
        """Fetch keys whose observation counts for nothing, with the reason."""
        yield from self._db.execute("select key, reason from result where fact is not null and reason != ''")

    def tonight(self, key: str) -> Tonight:
        """What this run has of a fetch key."""
        row = self._db.execute("select fact, seconds, reason from result where key = ?", (key,)).fetchone()
        if row is None or row[0] is None:
            return Tonight(reason=row[2] if row else "not asked")
        at, _, fact = row[0].partition(" ")
        (seen,) = observations(key, at, fact, row[2])
        hops = tuple(_timed(hop, float(seconds)) for hop, seconds in zip(seen.hops, row[1].split(), strict=True))
        return Tonight(Observation(seen.key, seen.at, hops, seen.signals, seen.soft404, seen.registry, seen.times,
                                   seen.discarded_reason, seen.status_accepted, seen.site_denies))  # fmt: skip

    def keep_verdict(self, verdict: Verdict) -> None:
        """Keep a verdict, after those that were kept before."""
        self._db.execute("insert into verdict (outcome, data) values (?, ?)", (str(verdict.outcome), _verdict_text(verdict)))

    def verdicts(self) -> Iterator[Verdict]:
        """All verdicts, in the order in which they were kept."""
        return (_verdict(data) for (data,) in self._db.execute("select data from verdict order by id"))

    def verdict_count(self) -> int:
        """How many verdicts are kept."""
        (count,) = self._db.execute("select count(*) from verdict").fetchone()
        return int(count)

    def links_with_exceptions(self) -> Iterator[Link]:
        """Links whose entry makes an exception for them (an excuse or a state), in the order of their places."""
        where = "link.more is not null and (link.more like '%\"excuse\":%' or link.more not like '{\"state\": null%') order by link.rowid"
        return (_link(*row) for row in self._db.execute(_LINKS + where))

    def close(self) -> None:
        """Drop everything."""
        self._db.close()

    def urls(self) -> Iterator[tuple[Link, tuple[Place, ...], str | None]]:
        """Every distinct URL in the order of first places: a link that stands for it, all its places, and its fetch key."""
        for number, key in self._db.execute("select id, key from url order by id"):
            links = self._links("link.url = ? order by link.rowid", number)
            for link, places in links_by_url(links):
                yield link, places, key


class StoredVerdicts(Sequence[Verdict]):
    """The verdicts of a run, read from its store each time they are iterated: a million of them take no memory.

    The store is dropped with this object.
    """

    def __init__(self, store: LinkStore) -> None:
        self._store = store
        self._count = store.verdict_count()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Verdict]:
        return self._store.verdicts()

    @overload
    def __getitem__(self, index: int) -> Verdict: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Verdict, ...]: ...
    def __getitem__(self, index: int | slice) -> Verdict | tuple[Verdict, ...]:
        return tuple(self)[index]

    def __del__(self) -> None:
        self._store.close()

    def links_with_exceptions(self) -> Iterator[Link]:
        """Links whose entry makes an exception for them (an excuse or a state), in the order of their places."""
        return self._store.links_with_exceptions()


def _verdict_text(verdict: Verdict) -> str:
    """A verdict as JSON: its fields in their order, hops and places as lists of theirs."""
    last_alive = verdict.last_alive and verdict.last_alive.isoformat()
    hops = _hop_rows(verdict.hops)
    places = [[place.path, place.line, place.column, place.entry, place.field, place.list] for place in verdict.places]
    plain = [getattr(verdict, name) for name in _PLAIN]
    return json.dumps([plain, last_alive, hops, places], ensure_ascii=False)


def _verdict(text: str) -> Verdict:
    plain, last_alive, hops, places = json.loads(text)
    found = dict(zip(_PLAIN, plain, strict=True))
    found["outcome"], found["seen"] = Outcome(found["outcome"]), Outcome(found["seen"])
    return Verdict(
        **found,
        last_alive=date.fromisoformat(last_alive) if last_alive else None,
        hops=_hops(hops),
        places=tuple(Place(*place) for place in places),
    )


def _hop_rows(hops: Iterable[Hop]) -> list[list[Any]]:
    return [[hop.url, hop.status, hop.seconds, hop.location, hop.failure, hop.detail] for hop in hops]


def _hops(rows: Iterable[list[Any]]) -> tuple[Hop, ...]:
    return tuple(
        Hop(url, status, seconds, location, FailureKind(failure) if failure else None, detail)
        for url, status, seconds, location, failure, detail in rows
    )


_PLAIN = tuple(one.name for one in fields(Verdict) if one.name not in {"last_alive", "hops", "places"})


def _timed(hop: Hop, seconds: float) -> Hop:
    return replace(hop, seconds=seconds)


def _stamped(seen: Observation) -> str:
    return f"{seen.at.isoformat()} {fact_of(seen, str)}"


def _more(link: Link) -> str | None:
    """What a link has beside its URL and place, as JSON; None where that is nothing."""
    if link.work is None and link.excuse is None and link.state is None and link.settled is None:
        return None
    work, excuse = link.work, link.excuse
    more: dict[str, Any] = {"state": link.state}
    if work is not None:
        more["work"] = [work.title, work.authors, work.year, work.doi, work.arxiv, work.added and work.added.isoformat()]
    if excuse is not None:
        more["excuse"] = [excuse.accept, excuse.reason, excuse.until and excuse.until.isoformat()]
    if link.settled is not None:
        more["settled"] = [str(link.settled.outcome), link.settled.rule, link.settled.reason, link.settled.fragment]
    return json.dumps(more, ensure_ascii=False)


def _link(
    url: str, path: str, line: int, column: int, entry: str | None, field: str | None, name: str, more: str | None
) -> Link:
    place = Place(path, line, column, entry, field, name)
    if more is None:
        return Link(url, place)
    found = json.loads(more)
    work = excuse = None
    if "work" in found:
        title, authors, year, doi, arxiv, added = found["work"]
        work = Work(title, tuple(authors), year, doi, arxiv, date.fromisoformat(added) if added else None)
    if "excuse" in found:
        accept, reason, until = found["excuse"]
        excuse = Excuse(tuple(accept), reason, date.fromisoformat(until) if until else None)
    settled = None
    if "settled" in found:
        outcome, rule, reason, fragment = found["settled"]
        settled = Settled(Outcome(outcome), rule, reason, fragment)
    return Link(url, place, work, excuse, found["state"], settled)
