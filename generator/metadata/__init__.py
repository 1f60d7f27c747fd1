"""What services know of a work: subjects in, records with their source out, and which of them is believed for which field.

Services are asked through `linkcheck.registries`; a page that no service knows better is asked for what it says of itself.
"""

from __future__ import annotations

from generator.metadata.facts import Fact, facts
from generator.metadata.subjects import proven, subject_of, subject_of_entry
from linkcheck.registries import Record, Subject

__all__ = ["Fact", "Record", "Subject", "facts", "proven", "subject_of", "subject_of_entry"]
