"""Writing and reading Markdown text, shared by several packages."""
