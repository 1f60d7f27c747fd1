"""What a maintainer may write, field by field: the reader, the JSON Schema and the messages follow these tables."""

from __future__ import annotations

from generator.sources.catalogue.model import KINDS, STATES, STATUSES
from generator.sources.yaml_tree.reader import Field

ENTRY = (
    Field("title", "line", "The work's own title. Leave it out when it isn't known: never invent one."),
    Field("url", "url", "The page to read; for arXiv the abs page."),
    Field("id", "id", "A stable key, unique in all lists; derived when absent (surname, year, word; or host and path)."),
    Field("aliases", "ids", "Former ids of this entry, so that links to them go on working."),
    Field("kind", "choice", "What it is; other when absent.", KINDS),
    Field("authors", "authors", "A list: Given Family, or Family, Given, or {family, given}, or {literal} for a group."),
    Field("year", "year", "Year of publication, a whole number."),
    Field("date", "date", "Day of publication, YYYY-MM-DD."),
    Field("venue", "line", "Journal, proceedings or event."),
    Field("language", "language", "Language as in BCP 47, when it isn't English: de, pt-BR, zh-Hant."),
    Field("doi", "doi", "The bare DOI: 10.1000/xyz."),
    Field("arxiv", "arxiv", 'The bare arXiv identifier, in quotes: "1803.00567".'),
    Field("description", "text", "One or two sentences of our own, inline Markdown; its links are links of the entry."),
    Field("abstract", "text", "The work's own abstract."),
    Field("tags", "lines", "Keywords."),
    Field("also_in", "topics", "Further topics that show this entry (names of their files without .yaml)."),
    Field("not_duplicate_of", "not_duplicates", "Entries that look like this one and aren't: {id, reason}."),
    Field("links", "links", "Further links by label (pdf, code, slides, video, project, data, ...): a URL or a list of them."),
    Field("archive_url", "url", "An archived copy of the page."),
    Field("added", "date", "Day on which the entry was added, YYYY-MM-DD."),
    Field("status", "choice", "Status of publication, as in CSL.", STATUSES),
    Field("state", "choice", "A maintainer's decision; active when absent.", STATES),
    Field("link_check", "excuse", "An exception for the link checker: what to accept, why, until when."),
    Field("extra", "extra", "Columns that have no field here, as name: text."),
)

EXCUSE = (
    Field("accept", "accept", "Outcomes (dead, failing, blocked, ...) or status codes that are fine here.", required=True),
    Field("reason", "line", "Why.", required=True),
    Field("until", "date", "Last day on which the exception applies, YYYY-MM-DD."),
)

NOT_DUPLICATE = (
    Field("id", "id", "The other entry's id.", required=True),
    Field("reason", "line", "Why the two are different works.", required=True),
)

START = (
    Field("id", "id", "The id of an entry, of this topic or another.", required=True),
    Field("reason", "line", "Why to read it at this point.", required=True),
)

AUTHOR = (
    Field("family", "line", "Family name."),
    Field("given", "line", "Given name."),
    Field("literal", "line", "A name that isn't a person's, or has one part."),
)

SECTION = (
    Field("title", "line", "The heading.", required=True),
    Field("id", "id", "A stable anchor; made from the heading when absent."),
    Field("description", "text", "Markdown under the heading."),
    Field("entries", "entries", "The works and resources: a bare URL, or a mapping with at least a title or a url."),
    Field("sections", "sections", "Sections within this one."),
)

TOPIC = (
    Field("title", "line", "The page's title; made from the file's name when absent."),
    Field("aliases", "topics", "Former names of this topic's file, so that links to its pages go on working."),
    Field("description", "text", "Two to four sentences that help a newcomer choose, Markdown."),
    Field("related", "topics", "Related topics (names of their files without .yaml)."),
    Field("start", "starts", "A reading path, shown first: entries in the order in which to read them, as {id, reason}."),
    Field("header", "text", "Markdown put before the contents, as it stands."),
    Field("footer", "text", "Markdown put at the end, as it stands."),
    Field("entries", "entries", "Works and resources that stand in no section."),
    Field("sections", "sections", "Headings with their entries."),
)

_LABELS = ("pdf", "code", "slides", "video", "project", "data", "dataset", "github", "poster", "demo", "html")

_EXTRA = ("pages", "volume", "number", "issue", "isbn", "issn", "editor", "institution", "license", "stars", "citations")

FOREIGN_ENTRY = {
    **dict.fromkeys(("name", "display name", "headline", "paper"), "title"),
    **dict.fromkeys(("link", "href", "uri", "homepage", "homepage_url", "website", "website_url", "address"), "url"),
    **dict.fromkeys(("author", "by", "creator", "speaker", "speakers"), "authors"),
    **dict.fromkeys(
        ("conf", "conference", "journal", "publisher", "booktitle", "container-title", "container_title", "event"), "venue"
    ),
    **dict.fromkeys(("tag", "keyword", "keywords", "labels"), "tags"),
    **dict.fromkeys(("topic", "topics", "categories", "category"), "also_in"),
    **dict.fromkeys(("type", "format"), "kind"),
    **dict.fromkeys(("lang", "locale"), "language"),
    **dict.fromkeys(("desc", "summary", "note", "notes", "comment", "tldr"), "description"),
    **dict.fromkeys(("arxiv_id", "arxivid", "eprint"), "arxiv"),
    **dict.fromkeys(("key", "citekey", "slug"), "id"),
    **dict.fromkeys(("alias", "former_ids"), "aliases"),
    **dict.fromkeys(("archive", "archived", "archived_url", "wayback"), "archive_url"),
    **dict.fromkeys(("date_added", "addeddate", "added_on"), "added"),
    **dict.fromkeys(("issued", "published", "publication_date"), "date"),
    **dict.fromkeys(("dead", "deprecated", "active"), "say it as state: dead (or deprecated, withdrawn, retracted, active)"),
    **dict.fromkeys(("accept", "until"), "it belongs under link_check"),
    **{name: f"there is no field for it; it may stand under extra: extra: {{{name}: ...}}" for name in _EXTRA},
    **{label: f"put it under links: links: {{{label}: https://...}}" for label in _LABELS},
}  # fmt: skip

FOREIGN_SECTION = {
    **dict.fromkeys(("name", "heading", "header"), "title"),
    **dict.fromkeys(("items", "papers", "resources", "list", "links", "works"), "entries"),
    **dict.fromkeys(("subsections", "children", "groups", "section"), "sections"),
    **dict.fromkeys(("desc", "summary", "text", "intro"), "description"),
}

FOREIGN_TOPIC = {
    **FOREIGN_SECTION,
    "header": "header",
    **dict.fromkeys(("see_also", "also_in", "related_topics", "related_tags"), "related"),
    **dict.fromkeys(("categories", "category"), "sections"),
    **dict.fromkeys(("alias", "former_names", "redirect_from"), "aliases"),
    **dict.fromkeys(("start_here", "begin", "reading_path", "path"), "start"),
    **dict.fromkeys(("license", "repository", "topics", "vocabularies", "check", "order"), "it belongs in _collection.yaml"),
}

FOREIGN_KIND = {
    **dict.fromkeys(("article", "article-journal", "inproceedings", "conference paper", "journal", "journal article"), "paper"),
    **dict.fromkeys(("arxiv", "working paper"), "preprint"),
    **dict.fromkeys(("monograph", "textbook"), "book"),
    **dict.fromkeys(("phdthesis", "mastersthesis", "dissertation"), "thesis"),
    **dict.fromkeys(("review", "overview"), "survey"),
    **dict.fromkeys(("tutorial", "class", "mooc", "summer school", "lecture notes"), "course"),
    **dict.fromkeys(("talk", "slides", "seminar", "presentation", "keynote"), "lecture"),
    **dict.fromkeys(("youtube", "recording"), "video"),
    **dict.fromkeys(("conference", "event", "symposium"), "workshop"),
    **dict.fromkeys(("blog post", "blogpost", "post", "news", "webpage"), "blog"),
    **dict.fromkeys(("code", "library", "tool", "repository", "repo", "package"), "software"),
    **dict.fromkeys(("data", "benchmark"), "dataset"),
    **dict.fromkeys(("people", "researcher", "author"), "person"),
    **dict.fromkeys(("lab", "team", "organisation", "organization"), "group"),
    **dict.fromkeys(("website", "site"), "project"),
    **dict.fromkeys(("misc", "link", "resource", "none"), "other"),
}

FOREIGN_STATE = {
    **dict.fromkeys(("archived", "obsolete", "outdated", "unmaintained"), "deprecated"),
    **dict.fromkeys(("gone", "offline", "broken", "removed", "missing"), "dead"),
    **dict.fromkeys(("ok", "alive", "live", "maintained"), "active"),
    **{word: f"that is a status of publication: status: {word}" for word in STATUSES},
}

FOREIGN_STATUS = {
    **dict.fromkeys(("accepted", "forthcoming", "to appear"), "in-press"),
    **dict.fromkeys(("draft", "wip"), "in-preparation"),
    **dict.fromkeys(("under review", "in review"), "submitted"),
    **{word: f"that is a state of the entry: state: {word}" for word in (*STATES, "archived", "gone")},
}
