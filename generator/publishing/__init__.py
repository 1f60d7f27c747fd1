"""Render a catalogue as Markdown pages, data files and a site, and write them."""
