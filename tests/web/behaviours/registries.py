"""Authorities on their own names, and the sites beside them: B65, B66, and S1 to S3 (GitHub, arXiv, DOI and YouTube at large).

Links carry the sites' own addresses, without a port. Their hosts also take ports 80 and 443 where the machine allows that; elsewhere
a checker learns from the registries' endpoints (`Lab.endpoints`) alone. Verdicts are the same.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

from tests.web.answers import Answer, html, nginx, plain, redirect
from tests.web.lab import Lab, add
from tests.web.prose import article

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.web.visit import Handler, Visit

JSON = "application/json; charset=utf-8"
DOIS = {
    "10.5555/lin.2019.77": "http://www.closed-publisher.com:{port}/doi/full/10.5555/lin.2019.77",
    "10.5555/open.2021.4": "http://open-journal.org:{port}/article/4",
    "10.5555/(sici)1099-0887(199901)22:1<3::aid-x>3.0.co;2-k": "http://open-journal.org:{port}/article/5",
}
REPOSITORIES = {
    "lattice-lab/solver": {"full_name": "lattice-lab/solver", "archived": False, "description": "A solver for lattices"},
    "lattice-lab/museum": {"full_name": "lattice-lab/museum", "archived": True, "description": "Kept for reading"},
    "lattice-lab/renamed": {"full_name": "lattice-lab/newname", "archived": False, "description": "A solver, renamed"},
    "lattice-lab/newname": {"full_name": "lattice-lab/newname", "archived": False, "description": "A solver, renamed"},
}
PREPRINTS = {"2101.00001": "Lattices in Winter", "1706.99999": "Old Lattices", "math/0211159": "Entropy of Lattices"}
VIDEOS = {"aaaaAAAA001": "Lecture 1: Lattices", "bbbbBBBB002": "Lecture 2: Duality"}
PRIVATE_VIDEOS = {"ppppPPPP003"}


def doi(lab: Lab) -> Handler:
    """The resolver of DOIs, and its Handle API (`responseCode` 1 found, 100 not found, 200 found without values)."""

    def handler(visit: Visit) -> Answer:
        api, _, name = visit.path.partition("/api/handles/")
        name = _unquote(name if not api and name else visit.path[1:])
        found = DOIS.get(name.lower())
        if visit.path.startswith("/api/handles/"):
            if found is None:
                return plain(json.dumps({"responseCode": 100, "handle": name}), 404, kind=JSON)
            values = [
                {
                    "index": 1,
                    "type": "URL",
                    "data": {"format": "string", "value": found.format(port=lab.ports[0])},
                    "ttl": 86400,
                }
            ]
            return plain(json.dumps({"responseCode": 1, "handle": name, "values": values}), kind=JSON)
        if found is None:
            return html(
                article("DOI Not Found", "", body=f"<p>{name}</p><p>This DOI cannot be found in the DOI System.</p>"), 404
            )
        return redirect(302, found.format(port=lab.ports[0]), ("Vary", "Accept"))

    return handler


def github_api(visit: Visit) -> Answer:
    """REST (`/repos/o/r`: renamed ones by 301 to `/repositories/id`) and GraphQL, each with its budget headers."""
    count = visit.host.state["asked"] = visit.host.state.get("asked", 0) + 1
    reset = str(int(visit.clock.now().timestamp()) + 3600)
    headers = (("x-ratelimit-limit", "60"), ("x-ratelimit-remaining", str(max(0, 60 - count))), ("x-ratelimit-reset", reset))
    if visit.path == "/graphql":
        return _graphql(visit).plus(*headers)
    by_number = dict(enumerate(sorted(REPOSITORIES), 1))
    if visit.path.startswith("/repositories/"):
        key = by_number.get(int(visit.path.rpartition("/")[2] or 0), "")
        return plain(json.dumps(_repository(key)), 200, *headers, kind=JSON)
    key = visit.path.removeprefix("/repos/").lower()
    if key not in REPOSITORIES:
        return plain(json.dumps({"message": "Not Found", "status": "404"}), 404, *headers, kind=JSON)
    if REPOSITORIES[key]["full_name"] != key:
        number = next(number for number, name in by_number.items() if name == REPOSITORIES[key]["full_name"])
        there = visit.host.url(f"/repositories/{number}")
        return plain(json.dumps({"message": "Moved Permanently", "url": there}), 301, ("Location", there), *headers, kind=JSON)
    return plain(json.dumps(_repository(key)), 200, *headers, kind=JSON)


def _repository(key: str) -> dict[str, object]:
    name = str(REPOSITORIES[key]["full_name"])
    return {
        **REPOSITORIES[key],
        "html_url": f"https://github.com/{name}",
        "name": name.partition("/")[2],
        "disabled": False,
        "private": False,
    }


def _graphql(visit: Visit) -> Answer:
    """Aliased `repository(owner:, name:)` fields, with literals or variables; whatever else is asked of a repository is ignored."""
    if not visit.header("Authorization"):
        return plain(json.dumps({"message": "This endpoint requires you to be authenticated."}), 401, kind=JSON)
    asked = json.loads(visit.body or b"{}")
    variables = asked.get("variables") or {}
    data: dict[str, object] = {}
    errors = []
    for match in re.finditer(r"(?:(\w+)\s*:\s*)?repository\s*\(([^)]*)\)", asked.get("query", "")):
        given = {
            key: variables.get(value[1:]) if value.startswith("$") else json.loads(value)
            for key, value in re.findall(r'(\w+)\s*:\s*("(?:[^"\\]|\\.)*"|\$\w+)', match[2])
        }
        alias = match[1] or "repository"
        key = f"{given.get('owner')}/{given.get('name')}".lower()
        if key in REPOSITORIES:
            entry = _repository(key)
            data[alias] = {
                "nameWithOwner": entry["full_name"], "url": entry["html_url"], "isArchived": entry["archived"],
                "isDisabled": False, "isPrivate": False, "description": entry["description"], "name": entry["name"],
            }  # fmt: skip
        else:
            data[alias] = None
            errors.append(
                {"type": "NOT_FOUND", "path": [alias], "message": f"Could not resolve to a Repository with the name '{key}'."}
            )
    return plain(json.dumps({"data": data, **({"errors": errors} if errors else {})}), kind=JSON)


def arxiv_api(visit: Visit) -> Answer:
    """`/api/query?id_list=`: an Atom feed with an entry for each identifier that exists; the others are left out."""
    wanted = [each for each in parse_qs(visit.query).get("id_list", [""])[0].split(",") if each]
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{key}v1</id><updated>2021-01-05T18:00:00Z</updated><published>2021-01-01T00:00:00Z</published>"
        f"<title>{PREPRINTS[key]}</title><summary>We count lattices.</summary><author><name>Ada Winter</name></author></entry>"
        for key in (re.sub(r"v\d+$", "", each) for each in wanted)
        if key in PREPRINTS
    )
    feed = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f'<title type="html">ArXiv Query: id_list={",".join(wanted)}</title><id>http://arxiv.org/api/q</id>'
        '<opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
        f"{entries.count('<entry>')}</opensearch:totalResults>{entries}</feed>"
    )
    return plain(feed, kind="application/atom+xml; charset=UTF-8")


def youtube(visit: Visit) -> Answer:
    """Watch pages say 200 whatever one asks for; `/oembed?url=` knows: 200, 401 or 403 (private), 404 (gone), 400 (no video)."""
    if visit.path != "/oembed":
        return html(
            article("- YouTube", body='<div id="player"></div><script src="/s/desktop/9f/jsbin/desktop_polymer.js"></script>')
        )
    url = parse_qs(visit.query).get("url", [""])[0]
    parts = urlsplit(url)
    key = parse_qs(parts.query).get("v", [parts.path.rpartition("/")[2]])[0]
    if key in PRIVATE_VIDEOS:
        return plain("Unauthorized", 401)
    if key not in VIDEOS:
        return plain("Not Found", 404)
    return plain(
        json.dumps(
            {"title": VIDEOS[key], "author_name": "Lattice Lab", "type": "video", "version": "1.0", "provider_name": "YouTube"}
        ),
        kind=JSON,
    )


def _unquote(text: str) -> str:
    return re.sub(r"%([0-9A-Fa-f]{2})", lambda match: chr(int(match[1], 16)), text)


def _hosts(lab: Lab) -> None:
    """All registries, once for each web."""
    if "doi.org" in lab.hosts:
        return
    names = lab.host("doi.org", doi(lab), tls="good", http=True, low=True)
    lab.host("dx.doi.org", doi(lab), tls="good", http=True, low=True)
    api = lab.host("api.github.com", github_api, tls="good", low=True)
    query = lab.host("export.arxiv.org", arxiv_api, tls="good", http=True, low=True)
    videos = lab.host("www.youtube.com", youtube, tls="good", http=True, low=True)
    lab.host("youtu.be", lambda visit: redirect(303, f"https://www.youtube.com/watch?v={visit.path[1:]}"), tls="good", low=True)
    lab.host("github.com", _github, tls="good", low=True)
    lab.host("arxiv.org", _arxiv, tls="good", http=True, low=True)
    lab.host("www.closed-publisher.com", lambda _: nginx(403))
    lab.host("open-journal.org", lambda _: html(article("Open Lattices", "Open Journal")))
    lab.endpoints.update(
        doi=names.url("/api/handles/"),
        github=api.url(""),
        github_graphql=api.url("/graphql"),
        arxiv=query.url("/api/query"),
        youtube=videos.url("/oembed"),
    )


def _github(visit: Visit) -> Answer:
    key = "/".join(visit.path.lower().split("/")[1:3])
    if key not in REPOSITORIES:
        return html(article("Page not found", "GitHub", body="<p>This is not the web page you are looking for.</p>"), 404)
    name = str(REPOSITORIES[key]["full_name"])
    return (
        html(article(f"{name}: {REPOSITORIES[key]['description']}", "GitHub"))
        if name == key
        else redirect(301, f"https://github.com/{name}")
    )


def _arxiv(visit: Visit) -> Answer:
    key = re.sub(r"v\d+$", "", re.sub(r"^/(abs|pdf)/", "", visit.path).removesuffix(".pdf"))
    if key in PREPRINTS:
        return html(article(f"[{key}] {PREPRINTS[key]}"))
    return html(
        article("Article not found", "arXiv", body=f"<p>Article identifier '{key}' not recognized</p>"),
        404 if "." in key else 400,
    )


def _site(identity: str, *links: tuple[str, str]) -> Callable[[Lab], None]:
    def build(lab: Lab) -> None:
        _hosts(lab)
        for url, title in links:
            lab.link(url, title)

    add(identity, build, "behaviours" if identity.startswith("B") else "sites")
    return build


_sici = quote("10.5555/(SICI)1099-0887(199901)22:1<3::AID-X>3.0.CO;2-K", safe="/():;")
_site("B65.a", ("https://doi.org/10.5555/lin.2019.77", "Linear Lattices"))
_site("B65.b", ("https://doi.org/10.5555/never.registered.1", "Never Registered"))
_site("B65.c", ("http://dx.doi.org/10.5555/open.2021.4", "Open Lattices"), (f"https://doi.org/{_sici}", "Old Numbering"))
_site("B66.a", ("https://www.youtube.com/watch?v=zzzzZZZZ999", "Lecture 9: Gone"))
_site("B66.b", ("https://youtu.be/yyyyYYYY998", "Lecture 8: Gone"))
_site("S1.alive", ("https://github.com/lattice-lab/solver", "solver"), ("https://github.com/Lattice-Lab/museum", "museum"))
_site("S1.renamed", ("https://github.com/lattice-lab/renamed", "newname"))
_site("S1.missing", ("https://github.com/lattice-lab/deleted", "deleted"))
_site(
    "S2.alive",
    ("https://arxiv.org/abs/2101.00001", "Lattices in Winter"),
    ("https://arxiv.org/pdf/1706.99999v2", "Old Lattices"),
    ("http://arxiv.org/abs/math/0211159", "Entropy of Lattices"),
)
_site("S2.missing", ("https://arxiv.org/abs/2101.99998", "Lattices in Limbo"))
_site(
    "S3.alive",
    ("https://www.youtube.com/watch?v=aaaaAAAA001", "Lecture 1: Lattices"),
    ("https://youtu.be/bbbbBBBB002?t=30", "Lecture 2: Duality"),
)
_site("S3.private", ("https://www.youtube.com/watch?v=ppppPPPP003", "Lecture 3: Members"))
