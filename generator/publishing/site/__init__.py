"""The target "site": static pages that need no server, ask nobody anything, and read well on paper."""

from generator.publishing.site.model import Health, LinkHealth, Night, Settings
from generator.publishing.site.render_site import RenderCache, render_site

__all__ = ["Health", "LinkHealth", "Night", "RenderCache", "Settings", "render_site"]
