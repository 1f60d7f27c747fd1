"""Detect notices of a host that a site was taken down. Pure.

The notice must be the main content: in title or heading, or in a page of few words. An article about a suspended site is none.
"""

from __future__ import annotations

from linkcheck.pages.page import Page
from linkcheck.pages.phrases import Phrases, fold, main_phrase
from linkcheck.pages.vocabulary.tombstone import TOMBSTONE_FILLER, TOMBSTONES

_MAX_WORDS = 160
"""Maximum words of such a page."""

_PLATFORMS = (
    ("DEPLOYMENT_DISABLED", "deployment_disabled"),
    ("DEPLOYMENT_NOT_FOUND", "deployment_not_found"),
    ("DEPLOYMENT_PAUSED", "deployment_paused"),
    ("DEPLOYMENT_DELETED", "deployment_deleted"),
    ("Vercel: this deployment is temporarily paused", "this deployment is temporarily paused"),
    ("Vercel: the deployment could not be found", "the deployment could not be found on vercel"),
    ("GitHub Pages: there isn't a site here", "there isn't a github pages site here"),
    ("GitHub: repository unavailable due to DMCA takedown", "repository unavailable due to dmca"),
    ("GitHub: repository disabled", "this repository has been disabled"),
    ("Heroku: no such app", "//www.herokucdn.com/error-pages/no-such-app.html"),
    ("Heroku: no such app", "there's nothing here, yet. build something amazing"),
    ("Netlify: site not found", "looks like you've followed a broken link or entered a url that doesn't exist on netlify"),
    ("Netlify: site paused", "this site was paused as it reached its usage limits"),
    ("S3: NoSuchBucket", "<code>nosuchbucket</code>"),
    ("S3: NoSuchBucket", "code: nosuchbucket"),
    ("Google Cloud Storage: the bucket does not exist", "the specified bucket does not exist"),
    ("Azure: web app stopped", "this web app is stopped"),
    ("Fly: no such app", "hostname doesn't match any app on fly"),
    ("Render: service suspended", "this service has been suspended by its owner"),
    ("Railway: application not found", "the train has not arrived at the station"),
    ("Surge: project not found", "surge.sh/help/adding-a-custom-404"),
    ("Read the Docs: project not found", "the documentation page you requested does not exist or may have been removed"),
    ("WordPress.com: blog deleted", "the authors have deleted this site"),
    ("WordPress.com: blog suspended", "this blog has been archived or suspended"),
    ("Tumblr: nothing here", "there's nothing here. whatever you were looking for doesn't currently exist at this address"),
    ("Squarespace: account not available", "this account has expired. if you are the site owner"),
    ("Shopify: shop unavailable", "this shop is currently unavailable"),
    ("Wix: not connected", "looks like this domain isn't connected to a website yet"),
    ("Firebase: site not found", "why am i seeing this? there are a few potential reasons: you haven't deployed an app yet"),
    ("Bitbucket: repository unavailable", "repository deleted"),
    ("SourceForge: project removed", "this project has been removed"),
    ("cPanel: account suspended", "/cgi-sys/suspendedpage.cgi"),
    ("Glitch: project gone", "this project has ended on glitch"),
)
"""Name, and what the lower-case text or markup of such a page contains."""

_tombstones = Phrases(TOMBSTONES)
_filler = Phrases(TOMBSTONE_FILLER)
_NOTICE = 60
"""Words up to which a phrase anywhere in the text is the main content."""


def tombstone(page: Page) -> str:
    """The notice of the host, or ""."""
    if page.words > _MAX_WORDS:
        return ""
    text, title = fold(page.text), fold(" ".join(page.title_and_headings))
    visible = f"{title} {text}"
    for name, mark in _PLATFORMS:
        if mark in visible or (mark[0] in "</" and mark in page.lower):
            return name
    for top in page.title_and_headings:
        found = main_phrase(top, _tombstones, _filler)
        if found:
            return found[:80]
    return _tombstones.first(text) if page.words <= _NOTICE else ""
