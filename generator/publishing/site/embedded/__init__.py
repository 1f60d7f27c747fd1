"""Data within pages for programs: schema.org for search engines, COinS for reference managers."""

from generator.publishing.site.embedded.coins import coins
from generator.publishing.site.embedded.json_ld import collection_json_ld, topic_json_ld

__all__ = ["coins", "collection_json_ld", "topic_json_ld"]
