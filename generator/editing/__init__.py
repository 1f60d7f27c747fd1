"""Changing sources: the smallest edit of the text, proven by reading it again."""
