"""Rendered output: pages, data and the site, and the files a build writes and removes."""
