"""The words by which lists are understood: labels of links, headings that aren't sections, licences. No rule names a list."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["is_contents", "is_counter", "is_housekeeping", "is_label", "is_licence", "is_work", "label_of", "plain_key"]

# Labels that a link to the work itself bears, in the order of how well they name it; then those of what belongs to it.
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
    "appendix", "bibtex", "bib", "cite", "citation", "review", "reviews", "wiki", "wikipedia", "huggingface",
    "hugging face", "hf", "kaggle", "download", "downloads", "more", "details", "info", "watch", "read more",
    "more info", "learn more", "mirror", "archive", "archived", "cache", "license", "licence", "media", "audio",
    "podcast", "transcript", "exercises", "solutions", "syllabus", "twitter", "tweet", "discord", "slack", "chat",
    "image", "images", "figure", "screenshot", "screenshots", "picture", "logo", "npm", "pypi", "crates", "cran",
    "conda", "docker", "api", "features", "changelog", "issues", "examples", "example", "reddit", "discussion",
    "errata", "summary", "comments", "package", "playlist", "assignments", "homework", "labs", "readings",
    "docker hub", "maven", "nuget", "packagist", "homebrew", "official", "unofficial", "channel",
    "代码", "源码", "视频", "数据", "数据集", "文档", "код", "видео", "コード",
    "코드", "código", "vidéo", "supp.", "suppl", "suppl.", "materials", "material",
)  # fmt: skip
_LOWER = frozenset((
    "paper", "pdf", "arxiv", "code", "slides", "video", "project", "data", "dataset", "demo", "poster", "blog", "html", "doi",
    "website", "docs", "talk", "notes", "supplementary", "bibtex", "model", "models", "slide", "github", "web", "page",
    "homepage", "link", "source", "repo", "book", "tutorial", "notebook", "mirror", "documentation",
))  # fmt: skip
_LABELS = frozenset((*_WORK, *_BESIDE))
_RANK = {word: rank for rank, word in enumerate(_WORK)}

_LABEL = re.compile(
    r"(?P<word>.+?)(?:[-_:. ]*(?:\(.{1,20}\)|(?:v|vol|part|no|#)?\.?\s?\d{1,4}|[A-Z][A-Za-z]{1,12}['’]?\d{2,4}))?$"
)

_CONTENTS = frozenset((
    "contents", "content", "table of contents", "table of content", "toc", "index", "list of contents", "outline",
    "quick navigation", "navigation", "目录", "目錄", "目次", "inhalt", "inhaltsverzeichnis", "sommaire", "table des matières",
    "índice", "contenido", "contenidos", "tabla de contenidos", "tabla de contenido", "sumário", "indice", "содержание",
    "оглавление", "зміст", "목차", "spis treści", "içindekiler", "فهرست", "جدول المحتويات", "المحتويات", "mục lục",
))  # fmt: skip
_HOUSEKEEPING = re.compile(
    r"how to (?:submit|open|make|create|send) (?:a |an )?(?:pull request|pr|issue|entry)\??"
    r"|(?:how to |guide to |guidelines for |please |want to )?(?:contribut\w*|acknowledge?ments?|licen[sc]\w*|credits?"
    r"|cit(?:e|ation|ations|ing)|star history|stargazers?|sponsor\w*|backers?|code of conduct|disclaimer|maintainers?"
    r"|donat\w+|contact(?: us)?|feedback|sharing|share|thanks?(?: to)?|special thanks|copyright|join us|follow us|todo"
    r"|change ?log|(?:latest |recent )?updates?(?: log)?|legends?|explanation"
    r"|back to top|support(?: us)?|legal|贡献\S*|貢獻\S*|许可\S*|授权\S*|致谢|引用|licencia|lizenz|contribuir|contribuer"
    r"|contribuciones|mitwirken|beitragen|лицензия|вклад|участие|ライセンス|貢献|라이선스|기여\S*|مساهمة|الرخصة|ترخيص)"
    r"(?: (?:guide(?:lines)?|to this (?:list|repo\w*)|and \w+|& \w+|us|this (?:list|repo\w*)|guides?|policy|history))?[.!:]?",
)  # fmt: skip
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
_MARKS = re.compile("[★⭐☆🌟✨]|star|fork", re.IGNORECASE)
_COUNTED = re.compile(
    rf"{_COUNT}\s+(?:projects?|links?|entries|entry|items?|papers?|repos|repositories|resources?|tools?|libraries|books?"
    r"|courses?|articles?|videos?|stars?|packages?)",
    re.IGNORECASE,
)  # fmt: skip
_SYMBOLS = re.compile(r"^[^\w(\[（【\"'@#+.*~]+|[^\w)\]）】\"'!?.*+#&]+$")
_AROUND = " \t\n:：|·,;-–—"
_COPY = re.compile(r"(?:paper|papers|pdf|arxiv|code|slides?|video|web|project)[ _:-]+\S*\d\S*")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_TWO_SCRIPTS = re.compile(r"(?<=[\u3040-\u9fff])\s+|\s+(?=[\u3040-\u9fff])")
_OPEN_EDGES = re.compile(r"^[\W_]+|[^\w)]+$")
# "Lecture Videos", "YouTube playlist": two words of this kind are a label as well, the last of them naming the form.
_FORMS = frozenset((
    "page", "website", "site", "code", "paper", "pdf", "video", "videos", "slides", "notes", "playlist", "demo", "link", "links",
    "repo", "repository", "implementation", "dataset", "datasets", "recording", "recordings", "material", "materials", "assignments",
    "poster", "supplement", "appendix", "preprint", "channel", "lectures",
))  # fmt: skip


def plain_key(text: str) -> str:
    """A text as it is looked up: folded, without marks and punctuation around it."""
    return " ".join(_EDGES.sub("", unicodedata.normalize("NFC", text).casefold()).split())


def is_label(text: str) -> bool:
    """Whether a link's text says what kind of link it is ("Paper", "code (PyTorch)", "slides 2"), and not what work."""
    key = plain_key(text)
    if not key or len(key) > 40:
        return False
    if key in _LABELS or _COPY.fullmatch(key):
        return True
    match = _LABEL.match(_OPEN_EDGES.sub("", text))
    words = {plain_key(part) for part in re.split(r"[/&+,|]|\band\b|\bof\b", text)}
    return bool(match and plain_key(match["word"]) in _LABELS) or words <= _LABELS or _compound(key)


def _compound(key: str) -> bool:
    words = re.split(r"[\s-]+", key)
    if len(words) == 2 and words[0] in {"paper", "pdf"} and re.fullmatch(r"arxiv|[a-z]{3,8}", words[1]) and "-" in key:
        return True
    return 2 <= len(words) <= 3 and words[-1] in _FORMS and all(word in _LABELS for word in words)


def is_work(text: str) -> int | None:
    """How well a label names the work itself (0 is best); None where it names what belongs to it, or is no label."""
    key = plain_key(text)
    if key in _RANK:
        return _RANK[key]
    if key.startswith(("paper-", "pdf-")) and is_label(text):
        return 0
    match = _LABEL.match(_OPEN_EDGES.sub("", text))
    return _RANK.get(plain_key(match["word"])) if match else None


def label_of(text: str) -> str:
    """A label as a key of `links`: the usual words in lower case, others as written; "link" where nothing is left."""
    shown = " ".join(text.strip(_AROUND).split())
    while len(shown) > 1 and shown[0] + shown[-1] in {"[]", "()", "（）", "【】"}:
        shown = shown[1:-1].strip(_AROUND)
    shown = _SYMBOLS.sub("", shown) or shown
    key = shown.casefold()
    return key if key in _LOWER else shown or "link"


def is_contents(title: str) -> bool:
    """Whether a heading stands over a table of contents."""
    key = plain_key(title)
    return key in _CONTENTS or all(part in _CONTENTS for part in _TWO_SCRIPTS.split(key))


def is_housekeeping(title: str) -> bool:
    """Whether a heading is about the list itself (contributing, licence, thanks), in a first or last place."""
    return _HOUSEKEEPING.fullmatch(plain_key(title)) is not None


def is_licence(text: str) -> bool:
    """Whether a text is the name of a licence."""
    return _LICENCE.fullmatch(plain_key(text)) is not None


def is_counter(text: str) -> bool:
    """Whether a text is a number that changes by itself: "5 projects"."""
    return _COUNTED.fullmatch(text.strip()) is not None or _COUNTER.fullmatch(text.strip()) is not None


def without_counters(text: str) -> str:
    """A text without the counts of stars in it."""
    return _COUNTER.sub("", text) if _MARKS.search(text) else text
