"""What services know of a work: subjects in, records with their source out, and which of them is believed for which field.

Services are asked through `linkcheck.registries`; other pages give the metadata in their own tags.
"""

from __future__ import annotations

from generator.metadata.facts import Fact, facts
from generator.metadata.subjects import proven, subject_of, subject_of_entry
from linkcheck.registries import Record, Subject

__all__ = ["Fact", "Record", "Subject", "facts", "proven", "subject_of", "subject_of_entry"]
