"""What the sources say: topics, sections, entries, and what is wrong with them."""
