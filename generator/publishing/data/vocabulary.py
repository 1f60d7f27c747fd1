"""What BibTeX, biblatex and CSL call things: types, fields, roles of people, theses and languages. Read by exporters and importers.

Sources: the manual of biblatex 3.20 (section 2) and the CSL 1.0.2 specification (appendices III and IV).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = [
    "BIBLATEX_TYPES", "BIB_OF_CSL", "BIB_SYNONYMS", "BY_BIB", "BY_CSL", "BY_NAME", "CSL_OF_BIB", "CSL_TYPES", "GENRES", "LANGUAGES",
    "STATUS_OF_PUBSTATE", "VENUE", "Variable",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Variable:
    """A value of `extra` that bibliographies know: its name there, in biblatex and in CSL ("" where a format has none).

    `shape` is text, people (as `read_people` reads them), date (as biblatex writes it) or verbatim.
    """

    name: str
    bib: str
    csl: str
    shape: str = "text"


_VARIABLES = (
    Variable("subtitle", "subtitle", ""),
    Variable("titleaddon", "titleaddon", ""),
    Variable("shorttitle", "shorttitle", "title-short"),
    Variable("journaltitle", "journaltitle", ""),
    Variable("journalsubtitle", "journalsubtitle", ""),
    Variable("shortjournal", "shortjournal", "container-title-short"),
    Variable("booktitle", "booktitle", ""),
    Variable("booksubtitle", "booksubtitle", ""),
    Variable("booktitleaddon", "booktitleaddon", ""),
    Variable("maintitle", "maintitle", "volume-title"),
    Variable("mainsubtitle", "mainsubtitle", ""),
    Variable("issuetitle", "issuetitle", ""),
    Variable("eventtitle", "eventtitle", "event-title"),
    Variable("event place", "venue", "event-place"),
    Variable("event date", "eventdate", "event-date", "date"),
    Variable("reprinttitle", "reprinttitle", "reviewed-title"),
    Variable("series", "series", "collection-title"),
    Variable("number", "number", "number"),
    Variable("series number", "", "collection-number"),
    Variable("chapter", "chapter", "chapter-number"),
    Variable("eid", "eid", ""),
    Variable("edition", "edition", "edition"),
    Variable("version", "version", "version"),
    Variable("part", "part", "part-number"),
    Variable("volumes", "volumes", "number-of-volumes"),
    Variable("pagetotal", "pagetotal", "number-of-pages"),
    Variable("location", "location", "publisher-place"),
    Variable("institution", "institution", ""),
    Variable("organization", "organization", ""),
    Variable("howpublished", "howpublished", "medium"),
    Variable("genre", "type", "genre"),
    Variable("isbn", "isbn", "ISBN"),
    Variable("issn", "issn", "ISSN"),
    Variable("isrn", "isrn", ""),
    Variable("pmid", "pmid", "PMID"),
    Variable("pmcid", "pmcid", "PMCID"),
    Variable("mrnumber", "mrnumber", ""),
    Variable("zblnumber", "zblnumber", ""),
    Variable("note", "note", "note"),
    Variable("addendum", "addendum", ""),
    Variable("month", "month", ""),
    Variable("issued", "", "", "date"),
    Variable("accessed", "urldate", "accessed", "date"),
    Variable("original date", "origdate", "original-date", "date"),
    Variable("original title", "origtitle", "original-title"),
    Variable("original publisher", "origpublisher", "original-publisher"),
    Variable("original place", "origlocation", "original-publisher-place"),
    Variable("original language", "origlanguage", ""),
    Variable("language", "language", ""),
    Variable("eprint", "eprint", "", "verbatim"),
    Variable("eprinttype", "eprinttype", ""),
    Variable("eprintclass", "eprintclass", ""),
    Variable("doi", "doi", "DOI", "verbatim"),
    Variable("adsurl", "adsurl", "", "verbatim"),
    Variable("library", "library", "call-number"),
    Variable("translator", "translator", "translator", "people"),
    Variable("annotator", "annotator", "", "people"),
    Variable("commentator", "commentator", "", "people"),
    Variable("introduction", "introduction", "", "people"),
    Variable("foreword", "foreword", "", "people"),
    Variable("afterword", "afterword", "", "people"),
    Variable("holder", "holder", "", "people"),
    Variable("bookauthor", "bookauthor", "container-author", "people"),
    Variable("editora", "editora", "", "people"),
    Variable("editorb", "editorb", "", "people"),
    Variable("editorc", "editorc", "", "people"),
    Variable("editortype", "editortype", ""),
    Variable("editoratype", "editoratype", ""),
    Variable("editorbtype", "editorbtype", ""),
    Variable("editorctype", "editorctype", ""),
    *(
        Variable(name.replace("-", " "), "", name, "people")
        for name in (
            "chair", "collection-editor", "compiler", "composer", "contributor", "curator", "director",
            "editor-translator", "editorial-director", "executive-producer", "guest", "host", "illustrator",
            "interviewer", "narrator", "organizer", "original-author", "performer", "producer", "recipient",
            "reviewed-author", "script-writer", "series-creator",
        )
    ),
    *(Variable(name.replace("-", " "), "", name, "date") for name in ("available-date", "submitted")),
    *(
        Variable(name.replace("-", " "), "", name)
        for name in (
            "annote", "archive", "archive-place", "archive_collection", "archive_location", "authority", "dimensions",
            "division", "jurisdiction", "keyword", "page-first", "part-title", "printing-number", "references",
            "reviewed-genre", "scale", "section", "source", "supplement-number",
        )
    ),
)  # fmt: skip

BY_NAME: Mapping[str, Variable] = MappingProxyType({one.name: one for one in _VARIABLES})
"""The variables by their names in `extra`."""
BY_CSL: Mapping[str, Variable] = MappingProxyType(
    {one.csl: one for one in _VARIABLES if one.csl} | {"event": BY_NAME["eventtitle"], "shortTitle": BY_NAME["shorttitle"]}
)
_BIB_SYNONYMS = {
    "address": "location", "school": "institution", "journal": "journaltitle", "archiveprefix": "eprinttype", "primaryclass": "eprintclass",
}  # fmt: skip
BY_BIB: Mapping[str, Variable] = MappingProxyType(
    (known := {one.bib: one for one in _VARIABLES if one.bib}) | {old: known[new] for old, new in _BIB_SYNONYMS.items()}
)
"""The variables by field, older names included."""

BIBLATEX_TYPES = frozenset((
    "article", "artwork", "audio", "bibnote", "book", "bookinbook", "booklet", "collection", "commentary", "dataset", "image", "inbook",
    "incollection", "inproceedings", "inreference", "jurisdiction", "legal", "legislation", "letter", "manual", "misc", "movie", "music",
    "mvbook", "mvcollection", "mvproceedings", "mvreference", "online", "patent", "performance", "periodical", "proceedings", "reference",
    "report", "review", "software", "standard", "suppbook", "suppcollection", "suppperiodical", "thesis", "unpublished", "video",
))  # fmt: skip
BIB_SYNONYMS: Mapping[str, str] = MappingProxyType({
    "conference": "inproceedings", "electronic": "online", "www": "online", "webpage": "online", "techreport": "report",
    "phdthesis": "thesis", "mastersthesis": "thesis",
})  # fmt: skip
"""Older names of types."""
CSL_TYPES = frozenset((
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter", "classic", "collection",
    "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview",
    "legal_case", "legislation", "manuscript", "map", "motion_picture", "musical_score", "pamphlet", "paper-conference", "patent",
    "performance", "periodical", "personal_communication", "post", "post-weblog", "regulation", "report", "review", "review-book",
    "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
))  # fmt: skip

CSL_OF_BIB: Mapping[str, str] = MappingProxyType({
    "article": "article-journal", "suppperiodical": "article-journal", "inproceedings": "paper-conference", "periodical": "periodical",
    **dict.fromkeys(("incollection", "inbook", "bookinbook", "suppbook", "suppcollection"), "chapter"),
    **dict.fromkeys(("book", "mvbook", "collection", "mvcollection", "proceedings", "mvproceedings", "reference", "mvreference"), "book"),
    "inreference": "entry-encyclopedia", "booklet": "pamphlet", "report": "report", "thesis": "thesis", "online": "webpage",
    "unpublished": "manuscript", "misc": "document", "manual": "document", "audio": "song", "music": "musical_score", "image": "graphic",
    "artwork": "graphic", "jurisdiction": "legal_case", "legal": "treaty", "letter": "personal_communication", "movie": "motion_picture",
    "video": "motion_picture",
})  # fmt: skip
"""CSL types of biblatex types; others have the same name in both, or none."""
BIB_OF_CSL: Mapping[str, str] = MappingProxyType({
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article", "paper-conference": "inproceedings",
    "chapter": "incollection", "entry": "inreference", "entry-dictionary": "inreference", "entry-encyclopedia": "inreference",
    "review": "review", "review-book": "review", "pamphlet": "booklet", "manuscript": "unpublished", "speech": "unpublished",
    "webpage": "online", "post": "online", "post-weblog": "online", "motion_picture": "video", "song": "audio", "broadcast": "audio",
    "musical_score": "music", "graphic": "image", "figure": "image", "map": "image", "legal_case": "jurisdiction", "treaty": "legal",
    "bill": "legislation", "regulation": "legislation", "personal_communication": "letter", "classic": "book", "interview": "misc",
    "document": "misc", "event": "misc", "hearing": "misc",
})  # fmt: skip

VENUE: Mapping[str, str] = MappingProxyType({
    **dict.fromkeys(("article", "review", "periodical", "suppperiodical"), "journaltitle"),
    **dict.fromkeys(
        ("inproceedings", "incollection", "inbook", "bookinbook", "suppbook", "suppcollection", "inreference"), "booktitle"
    ),
    **dict.fromkeys(("thesis", "report"), "institution"),
    **dict.fromkeys(("online", "software", "dataset", "manual"), "organization"),
})  # fmt: skip
"""The field of a biblatex type that has the venue; other types have it in `howpublished`, books in none."""

GENRES: Mapping[str, str] = MappingProxyType({
    "phdthesis": "PhD thesis", "mathesis": "Master's thesis", "bathesis": "Bachelor's thesis", "candthesis": "Candidate thesis",
    "techreport": "Technical report", "resreport": "Research report", "software": "Computer software", "datacd": "Data CD",
    "audiocd": "Audio CD",
})  # fmt: skip
"""Values of biblatex's `type` that styles translate, and what they mean."""

STATUS_OF_PUBSTATE: Mapping[str, str] = MappingProxyType({
    "inpreparation": "in-preparation", "submitted": "submitted", "forthcoming": "in-press", "inpress": "in-press",
    "prepublished": "preprint",
})  # fmt: skip

LANGUAGES: Mapping[str, str] = MappingProxyType({
    "ngerman": "de", "naustrian": "de-AT", "nswissgerman": "de-CH", "usenglish": "en-US", "ukenglish": "en-GB", "francais": "fr",
    "brazil": "pt-BR", "portuges": "pt", "norsk": "no", "farsi": "fa", "magyar": "hu",
    "english": "en", "american": "en-US", "british": "en-GB", "canadian": "en-CA", "australian": "en-AU", "german": "de", "austrian": "de-AT",
    "swissgerman": "de-CH", "french": "fr", "canadien": "fr-CA", "spanish": "es", "italian": "it", "portuguese": "pt", "brazilian": "pt-BR",
    "dutch": "nl", "danish": "da", "swedish": "sv", "norwegian": "no", "nynorsk": "nn", "finnish": "fi", "icelandic": "is", "polish": "pl",
    "czech": "cs", "slovak": "sk", "slovene": "sl", "croatian": "hr", "serbian": "sr", "bulgarian": "bg", "russian": "ru", "ukrainian": "uk",
    "greek": "el", "turkish": "tr", "hungarian": "hu", "romanian": "ro", "estonian": "et", "latvian": "lv", "lithuanian": "lt",
    "catalan": "ca", "basque": "eu", "galician": "gl", "latin": "la", "hebrew": "he", "arabic": "ar", "persian": "fa", "hindi": "hi",
    "japanese": "ja", "korean": "ko", "chinese": "zh", "vietnamese": "vi", "thai": "th", "indonesian": "id", "welsh": "cy", "irish": "ga",
    "afrikaans": "af", "esperanto": "eo",
})  # fmt: skip
"""Languages as `langid` names them, and their tags."""
