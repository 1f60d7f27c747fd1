"""The build target "site": static pages that need no server, send no requests elsewhere, and can be printed."""

from generator.publishing.site.model import Health, LinkHealth, Night, Settings
from generator.publishing.site.render_site import RenderCache, render_site

__all__ = ["Health", "LinkHealth", "Night", "RenderCache", "Settings", "render_site"]
