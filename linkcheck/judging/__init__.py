"""Derive verdicts from observations. Pure."""
