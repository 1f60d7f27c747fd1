"""The collection's own style sheet: its accent, its logo, and what it adds to ours."""

from __future__ import annotations

from functools import cache

from generator.sources.collection import Site
from generator.sources.site_files import SiteFiles

__all__ = ["FACE", "face_css"]

FACE = "face.css"


@cache
def face_css(site: Site, files: SiteFiles, folder: str) -> str:
    """The text of the style sheet; "" for a collection without colours, logo and styles of its own."""
    parts = []
    if site.accent:
        parts.append(f":root {{ --accent: light-dark({site.accent.light}, {site.accent.dark}); }}")
    if files.logo:
        parts.append(f'.logo {{ background-image: url("{files.logo}"); aspect-ratio: {files.ratio:.4f}; }}')
    if files.stylesheet:
        parts.append(files.stylesheet.strip())
    if not parts:
        return ""
    return "\n".join(
        [f"/* rendered from {folder}/_collection.yaml by Listkeeper; edit the sources, not this file */", *parts, ""]
    )
