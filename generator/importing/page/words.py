"""The words by which lists are understood, in one table: labels, columns, headings, licences, venues. No rule names a list."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = [
    "NOT_NAMES", "PARTICLES", "VENUES", "VENUE_WORDS", "field_of", "is_contents", "is_counter", "is_housekeeping", "is_label",
    "is_licence", "is_proper", "is_title_column", "is_top", "label_of", "plain_key", "rank_of", "without_counters",
]  # fmt: skip

# Labels that a link to the work itself has, in the order of how well they name it; then those of what belongs to it.
_WORK = (
    "paper", "papers", "pdf", "arxiv", "abs", "abstract", "preprint", "html", "ps", "doi", "openreview", "publication",
    "article", "report", "thesis", "book", "ebook", "link", "links", "url", "web", "www", "website", "webpage", "web page", "site",
    "page", "homepage", "home page", "home", "project", "project page", "project website", "here", "read", "official",
    "official site", "official website", "course", "course page", "full text", "epub", "publisher", "journal", "conference",
    "proceedings", "论文", "链接", "主页", "官网", "项目", "项目主页", "lien", "enlace", "ссылка", "сайт", "リンク", "링크",
)  # fmt: skip
_BESIDE = (
    "code", "source", "source code", "src", "sources", "repo", "repository", "github", "gitlab", "bitbucket", "git",
    "gh", "implementation", "official code", "github repo", "unofficial code", "pytorch", "tensorflow", "keras", "jax",
    "matlab", "torch", "caffe", "c++", "python", "r", "julia", "demo", "live demo", "colab", "notebook", "notebooks",
    "jupyter", "binder", "video", "videos", "youtube", "talk", "talks", "recording", "recordings", "lecture",
    "lectures", "slides", "slide", "poster", "presentation", "notes", "lecture notes", "blog", "blog post", "post",
    "tutorial", "docs", "doc", "documentation", "data", "dataset", "datasets", "model", "models", "weights",
    "checkpoint", "checkpoints", "supplementary", "supplement", "supplemental", "supplementary material", "supp",
    "appendix", "bibtex", "bibtext", "bib", "cite", "citation", "review", "reviews", "wiki", "wikipedia", "huggingface",
    "hugging face", "hf", "kaggle", "download", "downloads", "more", "details", "info", "watch", "read more",
    "more info", "learn more", "mirror", "archive", "archived", "cache", "license", "licence", "media", "audio",
    "podcast", "transcript", "exercises", "solutions", "syllabus", "twitter", "tweet", "discord", "slack", "chat",
    "image", "images", "img", "figure", "screenshot", "screenshots", "picture", "logo", "npm", "pypi", "crates", "cran",
    "conda", "docker", "api", "features", "changelog", "issues", "examples", "example", "reddit", "discussion",
    "errata", "summary", "comments", "package", "playlist", "assignments", "homework", "labs", "readings",
    "docker hub", "maven", "nuget", "packagist", "homebrew", "unofficial", "channel", "specifications", "specification",
    "specs", "spec", "datasheet", "manual", "user manual", "product page", "local copy", "copy", "version", "original",
    "press", "pr", "dblp", "springer", "ieee", "acm", "suppl. mat", "suppl mat", "materials", "material", "apk", "app store",
    "代码", "源码", "视频", "数据", "数据集", "文档", "код", "видео", "コード",
    "코드", "código", "vidéo", "supp.", "suppl", "suppl.",
)  # fmt: skip
_LOWER = frozenset((
    "paper", "pdf", "arxiv", "code", "slides", "video", "project", "data", "dataset", "demo", "poster", "blog", "html", "doi",
    "website", "docs", "talk", "notes", "supplementary", "bibtex", "model", "models", "slide", "github", "web", "page",
    "homepage", "link", "source", "repo", "book", "tutorial", "notebook", "mirror", "documentation",
))  # fmt: skip
_LABELS = frozenset((*_WORK, *_BESIDE))
# Labels that are names of things as well: an item that begins with one may be about it.
_PROPER = frozenset((
    "pytorch", "tensorflow", "keras", "jax", "matlab", "torch", "caffe", "python", "julia", "colab", "jupyter", "binder", "kaggle",
    "hugging face", "huggingface", "github", "gitlab", "bitbucket", "youtube", "twitter", "discord", "slack", "reddit", "npm", "docker",
    "conda", "homebrew", "maven", "nuget", "packagist", "wikipedia", "git", "wiki", "r", "c++", "arxiv", "docker hub", "pypi",
))  # fmt: skip
_RANK = {word: rank for rank, word in enumerate(_WORK)}
_LABEL = re.compile(
    r"(?P<word>.+?)(?:[-_:. ]*(?:\(.{1,20}\)|(?:v|vol|part|no|#)?\.?\s?\d{1,4}|[A-Z][A-Za-z]{1,12}['’]?\d{2,4}))?$"
)
# "Lecture Videos", "YouTube playlist": two words of this kind are a label as well, the last of them naming the form.
_FORMS = frozenset((
    "page", "website", "site", "code", "paper", "pdf", "video", "videos", "slides", "notes", "playlist", "demo", "link", "links",
    "repo", "repository", "implementation", "dataset", "datasets", "recording", "recordings", "material", "materials", "assignments",
    "poster", "supplement", "appendix", "preprint", "channel", "lectures", "book", "copy", "manual",
))  # fmt: skip
_COPY = re.compile(r"(?:paper|papers|pdf|arxiv|code|slides?|video|web|project)[ _:-]+\S*\d\S*")
_NOTE = re.compile(r"\s*[(（][^()（）]{1,30}[)）]\s*$")
_NAMES_PAPER = re.compile(r"\b(?:paper|pdf|arxiv)$")
_PAPER_OF = re.compile(r"(?:paper|pdf)-(?:arxiv|[a-z]{3,8})")

_FIELDS = {
    "authors": frozenset(("author", "authors", "by", "作者", "autor", "autores", "auteurs", "autoren", "speaker", "speakers")),
    "year": frozenset(("year", "date", "published", "年份", "time", "año", "jahr", "année", "month", "release", "released", "when",
        "datum", "fecha", "дата", "日期", "год")),
    "venue": frozenset(("venue", "conference", "journal", "published in", "publication", "会议", "期刊", "source")),
    "description": frozenset((
        "description", "desc", "summary", "about", "abstract", "tl;dr", "tldr", "note", "notes", "comment", "comments", "intro",
        "details", "what", "what it does", "what it is", "what is it", "remarks", "preview", "introduction", "overview", "purpose", "usage",
        "介绍", "用途", "简介", "描述",
        "说明", "описание", "beschreibung", "descripción",
    )),
}  # fmt: skip
_TITLES = frozenset((
    "title", "name", "paper", "papers", "project", "tool", "resource", "book", "api", "course", "library", "model", "work",
    "dataset", "article", "repository", "framework", "package", "software", "名称", "标题", "论文", "название", "titel", "course name",
    "titre", "título", "nombre", "nom", "paper title", "title & authors", "title and authors",
))  # fmt: skip

_CONTENTS = frozenset((
    "contents", "content", "table of contents", "table of content", "toc", "index", "list of contents", "outline",
    "quick navigation", "navigation", "目录", "目錄", "目次", "inhalt", "inhaltsverzeichnis", "sommaire", "table des matières",
    "índice", "contenido", "contenidos", "tabla de contenidos", "tabla de contenido", "sumário", "indice", "содержание",
    "оглавление", "зміст", "목차", "spis treści", "içindekiler", "فهرست", "جدول المحتويات", "المحتويات", "mục lục",
))  # fmt: skip
_HOUSEKEEPING = re.compile(
    r"how to (?:submit|open|make|create|send) (?:a |an )?(?:pull request|pr|issue|entry)\??|(?:\w+ ){0,4}contribut(?:e|ing|ions?|ors?)\??"
    r"|(?:how to |guide to |guidelines for |please |want to )?(?:contribut\w*|acknowledge?ments?|licen[sc]\w*|credits?"
    r"|cit(?:e|ation|ations|ing)|star history|stargazers?|sponsor\w*|backers?|code of conduct|disclaimer|maintainers?"
    r"|donat\w+|contact(?: us)?|feedback|sharing|share|thanks?(?: to)?|special thanks|copyright|join us|follow us|todo"
    r"|change ?log|(?:latest |recent )?updates?(?: log)?|legends?|explanation|anti-features"
    r"|back to top|support(?: us)?|legal|贡献\S*|貢獻\S*|许可\S*|授权\S*|致谢|引用|licencia|lizenz|contribuir|contribuer"
    r"|contribuciones|mitwirken|beitragen|лицензия|вклад|участие|ライセンス|貢献|라이선스|기여\S*|مساهمة|الرخصة|ترخيص)"
    r"(?: (?:guide(?:lines)?|to this (?:list|repo\w*)|and \w+|& \w+|us|this (?:list|repo\w*)|guides?|policy|history))?[.!:]?",
)  # fmt: skip
_TOP = re.compile(
    r"(?:go )?(?:back )?(?:to )?(?:the )?(?:top|index|contents|toc|table of contents)|回到顶部|返回\S*|up", re.IGNORECASE
)
_LICENCE = re.compile(
    r"(?:the )?(?:mit|isc|unlicense|zlib|wtfpl|public domain|proprietary|cc0|cc[- ]by[\w. -]*|(?:new |simplified )?bsd[\w. -]*"
    r"|apache[\w. -]*|[al]?gpl[\w. +-]*|mpl[\w. -]*|epl[\w. -]*|eupl[\w. -]*|artistic[\w. -]*|boost[\w. -]*|bsl[\w. -]*)"
    r"(?: licen[sc]e)?",
)  # fmt: skip
_COUNT = r"\d(?:[\d.,]*\d)?\s?[kKmM]?\+?"
_COUNTER = re.compile(
    rf"(?<![★⭐☆🌟✨])[★⭐☆🌟✨]️?\s*{_COUNT}(?![\w%])|(?<![\w.])(?!(?:19|20)\d\d\b){_COUNT}\s*[★⭐☆🌟]️?(?![★⭐☆🌟])|[(\[]\s*{_COUNT}\s+(?:github\s+)?(?:stars?|stargazers?|forks?)\s*[)\]]",
    re.IGNORECASE,
)
_COUNTER_MARKS = re.compile("[★⭐☆🌟✨]|star|fork", re.IGNORECASE)
_COUNTED = re.compile(
    rf"{_COUNT}\s+(?:projects?|links?|entries|entry|items?|papers?|repos|repositories|resources?|tools?|libraries|books?"
    r"|courses?|articles?|videos?|stars?|packages?)",
    re.IGNORECASE,
)  # fmt: skip

PARTICLES = frozenset((
    "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "das", "du", "la", "le", "ten", "ter", "zu", "zur", "el",
    "al", "bin", "ibn", "st.", "dan", "af", "av", "y", "e", "do",
))  # fmt: skip
# Words by which a group of capitalised words is no person.
NOT_NAMES = frozenset((
    "university", "universität", "université", "institute", "institut", "college", "school", "department", "laboratory", "lab", "labs",
    "group", "team", "foundation", "inc", "ltd", "corporation", "press", "journal", "conference", "workshop", "proceedings", "spring",
    "springer", "summer", "winter", "autumn", "fall", "quarter", "semester", "course", "lecture", "lectures", "video", "videos", "book",
    "books", "paper", "papers", "tutorial", "tutorials", "introduction", "deep", "machine", "learning", "neural", "networks", "network",
    "data", "science", "theory", "optimal", "transport", "software", "library", "framework", "tool", "tools", "code", "source",
    "open", "free", "online", "web", "site", "website", "guide", "handbook", "list", "awesome", "research", "google", "microsoft",
    "facebook", "amazon", "apple", "the", "on", "in", "for", "with", "and", "from", "of", "to", "by", "computer", "vision", "a", "an",
    "language", "models", "model", "analysis", "methods", "programming", "systems", "system", "security", "public", "api", "part",
    "volume", "chapter", "project", "page", "great", "good", "best", "new", "using", "based", "towards", "via", "how", "what",
    "why", "learn", "getting", "started", "advanced", "modern", "applied", "statistical", "stable", "flows", "reports", "works",
    "preprint", "arxiv", "letters", "transactions", "review", "annals", "nature", "edition", "media", "documentation", "docs", "blog",
    "github", "interactive", "archived", "server", "client", "manager", "editor", "engine", "database", "studio", "cloud", "app",
    "game", "games", "design", "development", "engineering", "intelligence", "artificial", "digital", "technology", "technologies",
    "community", "news", "awards", "license", "version", "beta", "alpha", "commercial", "freemium", "trial", "unlimited", "single",
    "visual", "code", "desktop", "mobile", "android", "windows", "linux", "macos", "ios", "java", "python", "javascript", "ruby",
    "support", "service", "services", "platform", "toolkit", "plugin", "extension", "management", "monitoring", "testing",
    "high", "low", "fast", "simple", "small", "large", "full", "light", "powerful", "easy", "classic", "official", "international",
    "information", "control", "knowledge", "pattern", "recognition", "computation", "communications", "physical", "chemistry", "biology",
    "medical", "imaging", "optics", "express", "signal", "processing", "robotics", "automation", "graphics", "statistics", "mathematics",
    "physics", "economics", "finance", "psychology", "neuroscience", "education", "health", "energy", "materials", "environment",
    "national", "american", "european", "oral", "poster", "spotlight", "under", "submitted", "best", "award", "talk", "keynote",
))  # fmt: skip
# Names by which venues are known beside those that are an acronym with a year.
VENUES = frozenset((
    "neurips", "nips", "icml", "iclr", "cvpr", "iccv", "eccv", "aaai", "ijcai", "acl", "emnlp", "naacl", "eacl", "coling", "kdd", "www",
    "sigir", "icdm", "wsdm", "cikm", "sdm", "uai", "aistats", "colt", "colm", "corl", "icra", "iros", "rss", "jmlr", "tmlr", "tpami",
    "pami", "ijcv", "tip", "tnnls", "tnn", "tmm", "tkde", "tvcg", "tog", "siggraph", "chi", "uist", "wacv", "bmvc", "accv", "3dv", "miccai",
    "ipmi", "isbi", "icassp", "interspeech", "asru", "slt", "icme", "icip", "icpr", "ismir", "osdi", "sosp", "nsdi", "sigcomm", "vldb",
    "sigmod", "pods", "icde", "cidr", "edbt", "usenix", "ndss", "ccs", "stoc", "focs", "soda", "popl", "pldi", "oopsla", "icse", "fse",
    "ase", "hpca", "isca", "micro", "asplos", "dac", "iccad", "arxiv", "biorxiv", "medrxiv", "corr", "nature", "science", "pnas", "cell",
    "neurocomputing", "ijcnn", "esann", "ecml", "pkdd", "tacl", "lrec", "conll", "naacl-hlt", "nature communications", "physical review",
    "ssrn", "hal", "eurographics", "cgf", "iccv workshop", "mlsys", "log", "l4dc", "aamas", "gecco", "ppsn", "icarcv", "dsaa", "bigdata",
    "ieee", "acm", "springer", "elsevier", "openreview", "preprint",
))  # fmt: skip
VENUE_WORDS = re.compile(
    r"\b(?:journal|transactions|trans\.|proceedings|proc\.|conference|conf\.|symposium|symp\.|letters|annals|lecture notes|advances in"
    r"|workshops?|int\. j\.|j\. of|arxiv|ph\.?d\.? thesis|msc\.? thesis|master'?s thesis|bachelor'?s thesis|technical report|tech\. rep\."
    r"|front\.|rev\.|university press|mit press|preprint|revue|zeitschrift|magazine|bulletin|academy|archive for|acta"
    r"|workshop track|international)(?=\W|$)",
    re.IGNORECASE,
)

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_OPEN_EDGES = re.compile(r"^[\W_]+|[^\w)]+$")
_SYMBOLS = re.compile(r"^[^\w(\[（【\"'@#+.*~]+|[^\w)\]）】\"'!?.*+#&]+$")
_TWO_SCRIPTS = re.compile(r"(?<=[\u3040-\u9fff])\s+|\s+(?=[\u3040-\u9fff])")
_LONGEST_LABEL = 120
_AROUND = " \t\n:：|·,;-–—"


def plain_key(text: str) -> str:
    """A text as it is looked up: folded, without marks and punctuation around it."""
    return " ".join(_EDGES.sub("", unicodedata.normalize("NFC", text[:400]).casefold()).split())


def is_label(text: str) -> bool:
    """Whether a link's text says what kind of link it is ("Paper", "code (PyTorch)", "slides 2"), and not what work."""
    return len(text) <= _LONGEST_LABEL and _labels(text)


@lru_cache(maxsize=1 << 12)
def _labels(text: str) -> bool:
    key = plain_key(text)
    if not key or len(key) > 40:
        return False
    if key in _LABELS or _COPY.fullmatch(key) or _PAPER_OF.fullmatch(key):
        return True
    match = _LABEL.match(_OPEN_EDGES.sub("", text))
    if match and plain_key(match["word"]) in _LABELS:
        return True
    bare = _NOTE.sub("", text)
    if bare != text:
        return is_label(bare)
    words = {plain_key(part) for part in re.split(r"[/&+,|]|\band\b|\bof\b", text)}
    parts = re.split(r"[\s-]+", key)
    return words <= _LABELS or (2 <= len(parts) <= 3 and parts[-1] in _FORMS and all(word in _LABELS for word in parts))


def is_proper(text: str) -> bool:
    """Whether a label is the name of a thing, too: "PyTorch"."""
    return plain_key(text) in _PROPER


def rank_of(text: str) -> int | None:
    """How well a label names the work itself (0 is best); None where it names what belongs to it, or is no label."""
    key = plain_key(text)
    if key in _RANK:
        return _RANK[key]
    if key.startswith(("paper-", "pdf-")) and is_label(text):
        return 0
    match = _LABEL.match(_OPEN_EDGES.sub("", text))
    rank = _RANK.get(plain_key(match["word"])) if match else None
    return 1 if rank is None and not is_label(text) and _NAMES_PAPER.search(key) else rank


def label_of(text: str) -> str:
    """A label as a key of `links`: the usual words in lower case, others as written; "link" where nothing is left."""
    shown = " ".join(text.strip(_AROUND).split())
    while len(shown) > 1 and shown[0] + shown[-1] in {"[]", "()", "（）", "【】"}:
        shown = shown[1:-1].strip(_AROUND)
    shown = _SYMBOLS.sub("", shown) or shown
    key = shown.casefold()
    return key if key in _LOWER else shown[:60].strip() or "link"


def field_of(name: str) -> str:
    """The field that an attribute or a column names: "authors", "year", "venue", "description", or "" for none of them."""
    key = plain_key(name)
    return next((field for field, words in _FIELDS.items() if key in words), "")


def is_title_column(name: str) -> bool:
    """Whether a column's name says that it holds titles."""
    return plain_key(name) in _TITLES


def is_contents(title: str) -> bool:
    """Whether a heading stands over a table of contents."""
    key = plain_key(title)
    return key in _CONTENTS or all(part in _CONTENTS for part in _TWO_SCRIPTS.split(key))


def is_housekeeping(title: str) -> bool:
    """Whether a heading is about the list itself (contributing, licence, thanks)."""
    return _HOUSEKEEPING.fullmatch(plain_key(title)) is not None


def is_top(text: str) -> bool:
    """Whether a text leads back to the top of the page."""
    key = plain_key(text)
    return not key or _TOP.fullmatch(key) is not None


def is_licence(text: str) -> bool:
    """Whether a text is the name of a licence."""
    return _LICENCE.fullmatch(plain_key(text)) is not None


def is_counter(text: str) -> bool:
    """Whether a text is a number that changes by itself: "5 projects"."""
    return _COUNTED.fullmatch(text.strip()) is not None or _COUNTER.fullmatch(text.strip()) is not None


def without_counters(text: str) -> str:
    """A text without the counts of stars in it."""
    return _COUNTER.sub("", text) if _COUNTER_MARKS.search(text) else text
