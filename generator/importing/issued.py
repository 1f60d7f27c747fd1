"""Dates of publications as bibliographies write them: days, months, ranges, seasons, "forthcoming"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.publishing.data.bibtex import EDTF

__all__ = ["MONTHS", "Issued", "issued_of", "month_number", "of_year_and_month"]

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_YEAR = re.compile(r"(?<!\d)(1[0-9]{3}|20\d\d|21\d\d)(?!\d)")
_STATUS: Mapping[str, str] = {
    **dict.fromkeys(("forthcoming", "in press", "inpress", "to appear", "accepted", "accepted for publication"), "in-press"),
    **dict.fromkeys(("in preparation", "inpreparation", "in prep", "work in progress", "draft"), "in-preparation"),
    **dict.fromkeys(("submitted", "under review", "in review"), "submitted"),
    **dict.fromkeys(("prepublished", "preprint"), "preprint"),
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}


@dataclass(frozen=True, slots=True)
class Issued:
    """When a work was published: a day, or a year; `text` is any other date as biblatex writes it, or as it stood; a status."""

    day: date | None = None
    year: int | None = None
    text: str = ""
    status: str | None = None


def issued_of(text: str) -> Issued:
    """A date of one text."""
    text = " ".join(text.split())
    found = _ISO.fullmatch(text)
    if found:
        try:
            return Issued(day=date(*map(int, found.groups())))
        except ValueError:
            return Issued(year=_year(text), text=text)
    status = _STATUS.get(text.casefold().strip(" ().[]"))
    if status:
        return Issued(status=status)
    year = _year(text)
    if text == str(year or ""):
        return Issued(year=year)
    return Issued(year=year if not EDTF.fullmatch(text) or text.startswith(str(year)) else None, text=text)


def _year(text: str) -> int | None:
    match = _YEAR.search(text)
    return int(match[1]) if match else None


def of_year_and_month(year: str, month: str, day: str = "") -> tuple[Issued, str]:
    """A date of BibTeX's own fields, and the text of a month that is none."""
    found = issued_of(year)
    month = month.strip(" .,")
    if not month or not re.fullmatch(r"\d{4}", year.strip()):
        return found, month
    year = year.strip()
    with_day = re.fullmatch(r"([^\W\d]+)\.?\s*(\d{1,2})|(\d{1,2})\.?\s*([^\W\d]+)\.?", month)
    if with_day:
        month, day = with_day[1] or with_day[4], with_day[2] or with_day[3]
    number = month_number(month)
    if number and day.strip().isdigit():
        return issued_of(f"{year}-{number}-{int(day):02}"), ""
    if number:
        return issued_of(f"{year}-{number}"), ""
    ends = [month_number(part) for part in re.split(r"\s*(?:/|-+|\u2013|\band\b|&)\s*", month)]
    if len(ends) == 2 and all(ends):
        return issued_of(f"{year}-{ends[0]}/{year}-{ends[1]}"), ""
    return found, month


def month_number(text: str) -> str:
    """The two digits of a month or of a season (biblatex's 21 to 24) by its English name or number; "" for other texts."""
    bare = text.strip(" .").casefold()
    if bare.isdigit() and 1 <= int(bare) <= 12:
        return f"{int(bare):02}"
    if bare[:3] in MONTHS and bare.isalpha():
        return f"{MONTHS.index(bare[:3]) + 1:02}"
    return _SEASONS.get(bare, "")
