"""Commands that change sources, or write new ones."""
