"""The commands that change sources, or write new ones."""
