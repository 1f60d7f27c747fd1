"""Answers of the services with made-up works, in the structure of recorded answers and of the services' documentation."""

from __future__ import annotations

from xml.sax.saxutils import escape

FEED = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/qFNnN3Zc8bA02fouemuGZq2J4Tg</id>
  <title>arXiv Query: search_query=&amp;id_list=x&amp;start=0&amp;max_results={asked}</title>
  <updated>2026-11-20T00:00:00Z</updated>
  <link href="https://arxiv.org/api/query?search_query=&amp;start=0&amp;max_results={asked}&amp;id_list=x" type="application/atom+xml"/>
  <opensearch:itemsPerPage>{asked}</opensearch:itemsPerPage>
  <opensearch:totalResults>{total}</opensearch:totalResults>
  <opensearch:startIndex>0</opensearch:startIndex>
{entries}</feed>
"""


def paper(
    key, title, authors=("Ada Lovelace",), published="2018-03-01", doi="", journal="", comment="15 pages", summary="We show it.",
    version=1,
):  # fmt: skip
    """An entry as arXiv writes it: affiliations inside authors, its own elements only if they are known."""
    people = "".join(
        f"    <author>\n      <name>{escape(name)}</name>\n      <arxiv:affiliation>Somewhere</arxiv:affiliation>\n    </author>\n"
        for name in authors
    )
    more = f"    <arxiv:comment>{escape(comment)}</arxiv:comment>\n" if comment else ""
    more += '    <arxiv:primary_category term="stat.ML"/>\n'
    more += f"    <arxiv:journal_ref>{escape(journal)}</arxiv:journal_ref>\n" if journal else ""
    more += f"    <arxiv:doi>{escape(doi)}</arxiv:doi>\n" if doi else ""
    return f"""  <entry>
    <id>http://arxiv.org/abs/{key}v{version}</id>
    <title>{escape(title)}</title>
    <updated>2020-01-01T00:00:00Z</updated>
    <link href="https://arxiv.org/abs/{key}v{version}" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/{key}v{version}" rel="related" type="application/pdf" title="pdf"/>
    <summary>  {escape(summary)}
</summary>
    <category term="stat.ML" scheme="http://arxiv.org/schemas/atom"/>
    <published>{published}T18:37:24Z</published>
{more}{people}  </entry>
"""


def feed(*papers, total=None):
    count = len(papers) if total is None else total
    return FEED.format(asked=len(papers) or 10, total=count, entries="".join(papers)).encode()


def refused(key):
    """arXiv's answer, with a 400, to an id that it can't read."""
    entry = f"""  <entry>
    <id>https://arxiv.org/api/errors#incorrect_id_format_for_{key}</id>
    <title>Error</title>
    <updated>2026-11-20T00:00:00Z</updated>
    <link href="https://arxiv.org/api/errors#incorrect_id_format_for_{key}" rel="alternate" type="text/html"/>
    <summary>incorrect id format for {key}</summary>
    <author>
      <name>arXiv api core</name>
    </author>
  </entry>
"""
    return FEED.format(asked=1, total=1, entries=entry).encode()


WITNESS = paper("1706.03762", "Attention Is All You Need", published="2017-06-12", version=7)
_DAY = {"date-parts": [[2024, 3, 7]], "date-time": "2024-03-07T00:29:15Z", "timestamp": 1709771355646}
SELECTS = frozenset((
    "abstract", "URL", "resource", "member", "posted", "score", "created", "degree", "update-policy", "short-title", "license",
    "ISSN", "container-title", "issued", "update-to", "issue", "prefix", "approved", "indexed", "article-number", "accepted",
    "clinical-trial-number", "author", "group-title", "DOI", "is-referenced-by-count", "updated-by", "event", "chair",
    "standards-body", "original-title", "funder", "translator", "published", "archive", "published-print", "alternative-id",
    "subject", "subtitle", "published-online", "publisher-location", "content-domain", "reference", "title", "link", "type",
    "publisher", "volume", "references-count", "ISBN", "issn-type", "assertion", "deposited", "page", "content-created",
    "short-container-title", "relation", "editor",
))  # fmt: skip
"""The fields that Crossref allows in `select`; `subtype` and `institution` are not among them."""


def work(doi, title, **more):
    """A work as Crossref writes it, with the date of `issued` in other fields as well. None removes a field."""
    issued = more.get("issued", {"date-parts": [[2019, 2, 12]]})
    known = issued if issued and issued["date-parts"] != [[None]] else None
    given = {
        "indexed": _DAY,
        "reference-count": 2,
        "publisher": "Engine Press",
        "issue": "1",
        "content-domain": {"domain": [], "crossmark-restriction": False},
        "short-container-title": ["Ann. Eng."],
        "DOI": doi.lower(),
        "type": "journal-article",
        "created": _DAY,
        "page": "1-43",
        "source": "Crossref",
        "is-referenced-by-count": 4,
        "title": [title] if isinstance(title, str) else title,
        "prefix": doi.partition("/")[0],
        "volume": "12",
        "author": [{"given": "Ada", "family": "Lovelace", "sequence": "first", "affiliation": []}],
        "member": "340",
        "published-online": known,
        "reference": [
            {"key": "ref1", "DOI": "10.1000/old", "doi-asserted-by": "publisher"},
            {"key": "ref2", "unstructured": "x"},
        ],
        "container-title": ["Annals of Engines"],
        "original-title": [],
        "deposited": _DAY,
        "score": 1,
        "resource": {"primary": {"URL": f"https://press.example/{doi}"}},
        "subtitle": [],
        "short-title": [],
        "issued": issued,
        "references-count": 2,
        "URL": f"https://doi.org/{doi.lower()}",
        "relation": {},
        "ISSN": ["0000-0019"],
        "subject": [],
        "published": known,
    }
    return {key: value for key, value in (given | more).items() if value is not None}


def crossref(item):
    return {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": item}


def listed(*items, rows=20):
    """Crossref's answer to a filter."""
    message = {
        "facets": {}, "total-results": len(items), "items": list(items), "items-per-page": rows,
        "query": {"start-index": 0, "search-terms": None},
    }  # fmt: skip
    return {"status": "ok", "message-type": "work-list", "message-version": "1.0.0", "message": message}


def invalid(kind, value, message):
    """Crossref's answer, with a 400, to a request that it doesn't understand."""
    return {
        "status": "failed",
        "message-type": "validation-failure",
        "message": [{"type": kind, "value": value, "message": message}],
    }


def datacite(doi, **more):
    given = {
        "doi": doi.lower(),
        "prefix": doi.partition("/")[0],
        "suffix": doi.partition("/")[2].lower(),
        "identifiers": [],
        "alternateIdentifiers": [],
        "titles": [{"title": "Side title", "titleType": "AlternativeTitle"}, {"lang": "en", "title": "Measured <i>Engines</i>"}],
        "creators": [
            {"name": "Lovelace, Ada", "nameType": "Personal", "givenName": "Ada", "familyName": "Lovelace",
             "affiliation": ["Somewhere"], "nameIdentifiers": []},
            {"name": "Engine Society", "nameType": "Organizational", "affiliation": [], "nameIdentifiers": []},
        ],
        "publisher": "Zenodo",
        "container": {},
        "publicationYear": 2021,
        "subjects": [],
        "contributors": [],
        "dates": [{"date": "2021-05-01", "dateType": "Issued"}],
        "language": None,
        "types": {"ris": "DATA", "bibtex": "misc", "citeproc": "dataset", "schemaOrg": "Dataset", "resourceTypeGeneral": "Dataset"},
        "relatedIdentifiers": [],
        "relatedItems": [],
        "descriptions": [{"description": "<p>Not ours to copy</p>", "descriptionType": "Abstract"}],
        "url": f"https://zenodo.org/record/{doi.rpartition('.')[2]}",
        "state": "findable",
    }  # fmt: skip
    relations = {"client": {"data": {"id": "cern.zenodo", "type": "clients"}}}
    return {"data": {"id": doi.lower(), "type": "dois", "attributes": given | more, "relationships": relations}}


NO_DATACITE = (
    404,
    {"Content-Type": "application/json; charset=utf-8"},
    {"errors": [{"status": "404", "title": "The resource you are looking for doesn't exist."}]},
)


def repository(full_name, **more):
    owner, name = full_name.split("/")
    return {
        "id": 1296269, "node_id": "MDEwOlJlcG9zaXRvcnkxMjk2MjY5", "name": name, "full_name": full_name, "private": False,
        "owner": {"login": owner, "id": 1, "type": "User", "site_admin": False}, "html_url": f"https://github.com/{full_name}",
        "description": "Not ours to copy", "fork": False, "url": f"https://api.github.com/repos/{full_name}",
        "created_at": "2011-01-26T19:01:12Z", "homepage": None, "language": None, "archived": False, "disabled": False,
        "license": None, "topics": [], "visibility": "public", "default_branch": "main",
    } | more  # fmt: skip


def github_says(status, message, *, left="59", **more):
    """An answer of GitHub without a repository."""
    documentation = "https://docs.github.com/rest/repos/repos#get-a-repository"
    headers = {
        "Content-Type": "application/json; charset=utf-8", "X-GitHub-Media-Type": "github.v3; format=json",
        "X-RateLimit-Limit": "60", "X-RateLimit-Remaining": left, "X-RateLimit-Reset": "1790000000",
        "X-RateLimit-Resource": "core",
    }  # fmt: skip
    return status, headers, {"message": message, "documentation_url": documentation, "status": str(status)} | more
