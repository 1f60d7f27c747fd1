"""The page at a topic's former address: it leads to the new one, with scripts to the same place, without them all the same."""

from __future__ import annotations

from urllib.parse import quote

from generator.publishing.site.assets import version
from generator.publishing.site.html import text
from generator.publishing.site.layout import Shell, shell
from generator.publishing.site.model import Settings
from generator.publishing.site.topic import topic_path
from generator.sources.catalogue.model import Collection, Topic

__all__ = ["moved_page"]


def moved_page(topic: Topic, collection: Collection, settings: Settings) -> str:
    """The text of the page. Search engines are told the new address, and not to keep the old one."""
    target, title = text(f"{quote(topic.slug)}.html"), text(topic.title) or "Untitled"
    # A refresh drops the place on the page, and would come before a script that keeps it: it is for readers without scripts.
    linked = f"""<meta name="robots" content="noindex">
<noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>
<script src="../assets/moved.js?v={version("moved.js")}" data-to="{target}"></script>"""
    content = f"""<article class="topic plain">
<header class="head">
<h1>{title}</h1>
<p class="lead">This page has moved: <a href="{target}">{title}</a> is its new address.</p>
</header>
</article>"""
    source = f"the aliases in {settings.folder}/{topic.slug}.yaml"
    own = Shell(topic_path(topic.slug), topic.title, source, linked=linked, edit=f"{topic.slug}.yaml")
    return shell(own, content, collection, settings)
