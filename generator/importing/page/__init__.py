"""A list written in Markdown, read: its blocks and spans, and the topic that they make."""
