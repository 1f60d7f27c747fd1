"""Bibliographies go in and out unchanged in meaning: five of 300 records with every oddity, read by pybtex and citeproc-py."""

from __future__ import annotations

import io
import json
import random

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex.database import parse_string

from generator.importing.bibtex import read_bibtex
from generator.importing.csl import read_csl
from generator.problems import errors
from generator.publishing.data import render_data
from generator.sources.catalogue.ids import make_unique
from generator.sources.catalogue.model import Catalogue, Collection
from generator.sources.catalogue.parse import parse_topic
from generator.sources.catalogue.write import topic_text
from tests.publishing.data.test_data_bibtex import shown
from tests.publishing.data.test_data_csl import STYLE, TYPES

SEEDS = (1, 2, 3, 4, 5)
COUNT = 300

# LaTeX, the text that TeX sets, and words in it that must stay in braces.
WORDS = (
    ("plain", "plain", ()), ("{DNA}", "DNA", ("DNA",)), ("{B}ayes", "Bayes", ("Bayes",)), (r"{\'E}tude", "Étude", ()),
    (r"\texttt{libthing}", "libthing", ()), (r"\emph{E. coli}", "E. coli", ()), (r"R\&D", "R&D", ()), ("Law & Order", "Law & Order", ()),
    (r"\LaTeX{} notes", "LaTeX notes", ()), (r"\TeX{} and \mbox{C-3PO}", "TeX and C-3PO", ()), (r"100\% cotton", "100% cotton", ()),
    (r"\underline{very} short", "very short", ()), (r"Erd\H{o}s", "Erdős", ()), (r"\L{}{\'o}d{\'z}", "Łódź", ()), ("{New York}", "New York", ("New York",)),
    (r"\unknownmacro{kept}", "kept", ()), (r"\textcolor{red}{word}", "word", ()), (r"{\em slanted}", "slanted", ()), (r"Stra{\ss}e", "Straße", ()),
    (r"\textsc{Small}", "Small", ()), (r"\noopsort{1973b}sorted", "sorted", ()), (r"snake\_case", "snake_case", ()), (r"\#1", "#1", ()),
    (r"$T$-quarks", "$T$-quarks", ()), (r"$\sqrt{s}=13$ TeV", r"$\sqrt{s}=13$ TeV", ()), (r"\(\alpha_s\)", r"$\alpha_s$", ()),
    (r"$B^0_s \to J/\psi\phi$ decays", r"$B^0_s \to J/\psi\phi$ decays", ()), (r"cost \$5", "cost $5", ()), ("a--b", "a–b", ()),
)  # fmt: skip
# A name as written; its particle, family name, suffix and given name.
NAMES = (
    ("Doe, Jane", ("", "Doe", "", "Jane")), ("Jane Doe", ("", "Doe", "", "Jane")), ("Ana da Costa Kite", ("da", "Costa Kite", "", "Ana")),
    ("Karl Otto de la Valle Moor", ("de la", "Valle Moor", "", "Karl Otto")), ("Reed, Jr., Bo", ("", "Reed", "Jr.", "Bo")),
    ("von Last, III, First", ("von", "Last", "III", "First")), ("{Sand Dune}, Rana", ("", "Sand Dune", "", "Rana")),
    (r"{\'E}mile Zola", ("", "Zola", "", "Émile")), (r"M{\"u}ller, J{\"u}rgen", ("", "Müller", "", "Jürgen")),
    ("{Barnes and Noble}", ("", "Barnes and Noble", "", "")), ("{World Health Organization}", ("", "World Health Organization", "", "")),
    ("Jean-Paul Sartre", ("", "Sartre", "", "Jean-Paul")), ("O'Brien, Flann", ("", "O'Brien", "", "Flann")), ("Smith, Esq., Al", ("", "Smith", "Esq.", "Al")),
)  # fmt: skip
# Fields of a date, and the field with the date that comes out.
DATES = (
    ("year = {2019}", ("year", "2019")), ("year = 2019, month = mar", ("date", "2019-03")), ("year = 2019, month = {March}, day = 4", ("date", "2019-03-04")),
    ("date = {2021-03}", ("date", "2021-03")), ("date = {2021-03-04}", ("date", "2021-03-04")), ("date = {2019-05/2020-01}", ("date", "2019-05/2020-01")),
    ("date = {2020/}", ("date", "2020/")), ("date = {2021-22}", ("date", "2021-22")), ("date = {199X}", ("date", "199X")), ("date = {-0054}", ("date", "-0054")),
    ("date = {2004~}", ("date", "2004~")), ("year = {forthcoming}", ("pubstate", "inpress")), ("year = {c. 1850}", ("year", "c. 1850")),
    ("year = {1987/88}", ("year", "1987/88")), ("year = 2018, month = {June--July}", ("date", "2018-06/2018-07")), ("year = {476}", ("year", "476")),
)  # fmt: skip
KEYS = ("Doe{}", "Doe:{}img", "DBLP:conf/x/Doe{}", "Müller{}a", "_under{}", "a+b{}", "key.{}-x", "2019_{}", "Kite&Reed{}")
TYPES_OUT = {
    "article": ("article", "journal = {Annals of Wind}", {"journaltitle": "Annals of Wind"}),
    "inproceedings": ("inproceedings", "booktitle = {Kites}, editor = {Roe, Rick and de Wit, Jan}", {"booktitle": "Kites"}),
    "conference": ("inproceedings", "booktitle = {Journal of Talks}", {"booktitle": "Journal of Talks"}),
    "incollection": ("incollection", "booktitle = {The whole book}, publisher = {Smith & Sons}, chapter = 3", {"booktitle": "The whole book", "publisher": "Smith & Sons", "chapter": "3"}),
    "inbook": ("inbook", "booktitle = {The whole book}, publisher = {Big Press}, address = {Wien}", {"booktitle": "The whole book", "publisher": "Big Press", "location": "Wien"}),
    "book": ("book", "publisher = {Small Press}, series = {Lectures}, edition = {Second}, isbn = {978-0-00-000000-0}", {"publisher": "Small Press", "series": "Lectures", "edition": "Second"}),
    "phdthesis": ("thesis", "school = {University of Somewhere}", {"institution": "University of Somewhere", "type": "phdthesis"}),
    "mastersthesis": ("thesis", "school = {University of Somewhere}", {"institution": "University of Somewhere", "type": "mathesis"}),
    "techreport": ("report", "institution = {Institute}, number = {TR-7}", {"institution": "Institute", "number": "TR-7", "type": "techreport"}),
    "manual": ("manual", "organization = {Makers}", {"organization": "Makers"}),
    "unpublished": ("unpublished", "note = {In a drawer}", {"note": "In a drawer"}),
    "patent": ("patent", "number = {US123}", {"number": "US123"}),
    "software": ("software", "version = {1.2}", {"version": "1.2"}),
    "proceedings": ("proceedings", "publisher = {Small Press}", {"publisher": "Small Press"}),
}  # fmt: skip
ARXIV = ("eprint = {{{}}}, archivePrefix = {{arXiv}}", "eprint = {{{}}}", "journal = {{arXiv preprint arXiv:{}}}", "journal = {{CoRR}}, volume = {{abs/{}}}",
         "howpublished = {{arXiv:{}v2 [cs.LG]}}", "journal = {{arXiv e-prints}}, pages = {{arXiv:{}}}", "note = {{arXiv: {}}}", "journal = {{CoRR abs/{}}}")  # fmt: skip


def a_title(chance):
    parts = [chance.choice(WORDS) for _ in range(chance.randint(2, 5))]
    text, latex = " ".join(part[1] for part in parts), " ".join(part[0] for part in parts)
    # Braces that begin with a command are one letter to BibTeX, and protect nothing.
    whole = chance.random() < 0.1 and "$" not in text and latex[0] not in "\\{"
    return (f"{{{latex}}}" if whole else latex), text, [text] if whole else [word for part in parts for word in part[2]]


def bibliography(seed):
    """A BibTeX text, and what is expected of each record by its key: type, title, protected words, people, fields."""
    chance = random.Random(seed)
    out = ['@string{jx = "Letters"}', "@string{jx = {Letters of Wind}}", '@string{rr = "Roe, Rick"}']
    expected = {}
    for number in range(COUNT):
        key = chance.choice(KEYS).format(f"{seed}x{number}")
        latex, text, braced = a_title(chance)
        people = [chance.choice(NAMES) for _ in range(chance.randint(1, 4))]
        dated, date = chance.choice(DATES)
        kind = chance.choice([*TYPES_OUT, "arxiv", "strings", "crossref", "missing"])
        fields, joined = {}, f"author = {{{' and '.join(name for name, _ in people)}}}"
        if kind == "arxiv":
            identifier = f"2{chance.randint(101, 112)}.{chance.randint(0, 99999):05}"
            source, (out_type, more) = "misc", ("online", chance.choice(ARXIV).format(identifier))
            source = "article" if "journal" in more else "misc"
            fields = {"eprint": identifier, "eprinttype": "arxiv"}
        elif kind == "strings":
            source, out_type, more = (
                "article",
                "article",
                'journal = jx # ", " # {Section } # 4, volume = 3, number = {5-6}, pages = {1--9}',
            )
            joined = 'author = rr # " and " # "Doe, Jane"'
            people = [("", ("", "Roe", "", "Rick")), ("", ("", "Doe", "", "Jane"))]
            fields = {"journaltitle": "Letters of Wind, Section 4", "volume": "3", "number": "5-6", "pages": "1--9"}
        elif kind == "crossref":
            source, out_type, more = "inproceedings", "inproceedings", f"crossref = {{par{seed}x{number}}}, pages = {{10--20}}"
            fields = {"booktitle": "Proceedings of {} and others".format("Kites"), "publisher": "Big Press", "pages": "10--20"}
        elif kind == "missing":
            source, out_type, more = "article", "article", "note = {Before}\n journal = {Annals of Sand}"
            fields = {"journaltitle": "Annals of Sand", "note": "Before"}
        else:
            source, (out_type, more, fields) = kind, TYPES_OUT[kind]
        if source == "proceedings":
            joined = joined.replace("author", "editor")
        fields = {**fields, date[0]: date[1]}
        out.append(f"@{source}{{{key},\n title = {{{latex}}},\n {joined},\n {more},\n {dated}\n}}")
        if kind == "crossref":
            out.append(
                f"@proceedings{{par{seed}x{number}, title = {{Proceedings of Kites and others}}, editor = {{Roe, Rick}}, publisher = {{Big Press}}, year = 2001}}"
            )
        expected[key] = (
            out_type,
            text,
            braced,
            "editor" if source == "proceedings" else "author",
            [parts for _, parts in people],
            fields,
        )
        if chance.random() < 0.02:
            out.append(f"@book{{{key}, title = {{The same key {number}}}, author = {{Doe, Jane}}, year = 2000}}")
            expected[f"The same key {number}"] = None
    return "\n\n".join(out), expected


def through_yaml(imported, name):
    """The files of an export of what an import wrote as YAML."""
    topic = imported.topics[0]
    read, problems = parse_topic(topic_text(topic), f"lists/{name}.yaml")
    assert errors(problems) == []
    return render_data(Catalogue(Collection(), make_unique((read,))))


def plain_text(tex):
    """The text that TeX sets of an exported value, formulas as they stand."""
    parts = tex.split("$")
    if len(parts) % 2 == 0 or r"\$" in tex:
        return shown(tex)
    return "".join(shown(part) if at % 2 == 0 else f"${part}$" for at, part in enumerate(parts))


def braced_in(tex, phrase):
    return any(phrase in part.partition("}")[0] for part in tex.split("{")[1:]) or f"{{{phrase}" in tex


@pytest.mark.parametrize("seed", SEEDS)
def test_bibtex_goes_in_and_out_unchanged_in_meaning(seed):
    text, expected = bibliography(seed)
    imported = read_bibtex(text, "refs.bib")
    assert imported.left == ()
    out = through_yaml(imported, "refs")["lists/data/refs.bib"]
    found = parse_string(out, "bibtex").entries
    titles = {shown(each.fields["title"]) for each in found.values() if "$" not in each.fields["title"]}
    for key, meant in expected.items():
        if meant is None:
            assert key in titles
            continue
        kind, title, braced, role, people, fields = meant
        each = found[key]
        assert each.type == kind, key
        if r"\$" not in each.fields["title"]:
            assert plain_text(each.fields["title"]) == title, key
        assert all(
            braced_in(each.fields["title"].replace("\\", ""), word) for word in braced if not set(word) & set("&%$#_–")
        ), (key, each.fields["title"])
        persons = [
            tuple(
                " ".join(map(shown, part))
                for part in (one.prelast_names, one.last_names, one.lineage_names, one.first_names + one.middle_names)
            )
            for one in each.persons[role]
        ]
        assert persons == people, key
        for name, value in fields.items():
            assert name in each.fields, (key, name, value)
            assert shown(each.fields[name].replace("~", r"\textasciitilde{}")) == value, (key, name)
    assert len(found) >= len(expected)


@pytest.mark.parametrize("seed", SEEDS[:1])
def test_what_is_exported_is_imported_and_exported_as_the_same_bytes(seed):
    once = through_yaml(read_bibtex(bibliography(seed)[0], "refs.bib"), "refs")["lists/data/refs.bib"]
    again = through_yaml(read_bibtex(once, "refs.bib"), "refs")["lists/data/refs.bib"]
    assert again.splitlines() == once.splitlines()


ISSUED = (
    {"date-parts": [[2019]]}, {"date-parts": [[2015, 11]]}, {"date-parts": [[2015, 11, 3]]}, {"date-parts": [[2019, 5], [2020, 1]]},
    {"date-parts": [[2021]], "season": 2}, {"date-parts": [[1999]], "circa": True}, {"date-parts": [[-54]]}, {"literal": "the year of the flood"},
)  # fmt: skip
PEOPLE = (
    {"family": "Doe", "given": "Jane"}, {"family": "Reed", "given": "Bo", "suffix": "Jr."}, {"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"},
    {"literal": "Working Group, and Co"}, {"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van"}, {"family": "Smith", "given": "Al", "suffix": "Esq."},
    {"family": "Müller-Lüdenscheidt", "given": "Jürgen"}, {"literal": "World Health Organization"},
)  # fmt: skip
VALUES = {
    "volume": "3", "issue": "4", "page": "1-9", "number": "TR-7", "chapter-number": "3", "edition": "2", "ISBN": "978-0-00-000000-0", "ISSN": "0000-0000",
    "collection-title": "Lectures", "collection-number": "12", "publisher-place": "Wien", "event-title": "Talks", "event-place": "Basel", "genre": "PhD thesis",
    "number-of-pages": "120", "number-of-volumes": "3", "version": "1.2", "title-short": "Wind", "medium": "film", "note": "Said twice.", "abstract": "We show it.",
    "container-title-short": "Ann. Wind", "original-title": "Vent", "call-number": "QA 1", "language": "de", "DOI": "10.1000/xyz", "URL": "https://example.org/a",
    "source": "Library", "dimensions": "90 min", "scale": "1:100", "section": "4", "PMID": "123", "status": "in press", "keyword": "wind, sand",
}  # fmt: skip


def csl(seed):
    chance = random.Random(seed)
    for number in range(COUNT):
        item = {"id": chance.choice(KEYS).format(f"{seed}x{number}"), "type": chance.choice(sorted(TYPES))}
        item["title"] = chance.choice(
            (
                "Wind over sand",
                "On the &amp; sign",
                "Law & Order",
                "CO₂ and DNA",
                '<span class="nocase">Bayes</span> and others',
                "A: b # c",
            )
        )
        item["container-title"] = chance.choice(("Annals of Wind", "Proceedings of Kites", "Zeitschrift"))
        if item["type"] in {"thesis", "report", "book"}:
            del item["container-title"]
        item["publisher"] = chance.choice(("Big Press", "Smith & Sons"))
        item |= {name: VALUES[name] for name in chance.sample(sorted(VALUES), 8)}
        for role in chance.sample(("author", "editor", "translator", "director", "interviewer", "container-author"), 3):
            item[role] = [chance.choice(PEOPLE) for _ in range(chance.randint(1, 3))]
        item["issued"] = chance.choice(ISSUED)
        if chance.random() < 0.3:
            item |= {"accessed": {"date-parts": [[2024, 1, 2]]}, "original-date": {"date-parts": [[1901]]}}
        yield item


def in_style(items):
    style = CitationStylesStyle(io.BytesIO(STYLE.encode()), validate=False)
    names = ("id", "type", "title", "author", "container-title", "DOI", "issued")
    known = [{name: item[name] for name in names if name in item} for item in items]
    known = [
        {**item, "issued": {"date-parts": item["issued"]["date-parts"][:1]}}
        if item.get("issued", {}).get("date-parts", [[-1]])[0][0] > 0
        else {name: value for name, value in item.items() if name != "issued"}
        for item in known
    ]
    bibliography = CitationStylesBibliography(style, CiteProcJSON(known), formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    return [str(line) for line in bibliography.bibliography()]


@pytest.mark.parametrize("seed", SEEDS)
def test_csl_goes_in_and_out_unchanged(seed):
    items = list(csl(seed))
    imported = read_csl(items, "refs.json", "refs")
    assert (imported.left, imported.notes) == ((), ())
    out = json.loads(through_yaml(imported, "refs")["lists/data/refs.csl.json"])
    assert [item["id"] for item in out] == [item["id"] for item in items]
    meant = [{**item, "title": item["title"].replace("&amp;", "&")} for item in items]
    assert [{name: value for name, value in item.items() if name not in {"custom", "citation-key"}} for item in out] == meant
    assert in_style(out) == in_style(meant)
