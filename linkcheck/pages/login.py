"""Detect pages that show nothing but a login. Pure.

A page with content that also has a login form (in its header, say) is none, and neither is a tutorial about logins.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linkcheck.pages.page import SHORT, Page, one_line
from linkcheck.pages.phrases import Phrases, fold, stated_phrase
from linkcheck.pages.vocabulary.login import DEMANDS, LOGIN, LOGIN_FILLER, TALK
from linkcheck.urls.components import split_url

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_ALONE, _LITTLE, _TINY = 40, 150, 60
"""Maximum words of a page with only a form, of a page with a form and text, and of a notice."""

_PATH = re.compile(
    r"/(?:log_?-?in|sign_?-?in|log_?-?on|users?/sign_in|accounts?/log_?-?in|auth(?:enticate|orize)?|authentication|sso|saml2?|idp|cas|oauth2?|openid"
    r"|anmelden|anmeldung|connexion|iniciar-sesion|accedi|wayf|servicelogin|wp-login|j_security_check|shibboleth|session/new|sessions/new"
    r"|identifier|checkpoint)(?:[/.;]|$)",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:^|\.)(?:login|signin|auth|sso|accounts|idp|cas|shibboleth|weblogin|id|passport|wayf|discovery)\d*\.")
_RETURN = re.compile(
    r"(?:^|&)(?:next|return_?-?to|return_?-?url|return|redirect|redirect_?-?ur[il]|redirect_?to|service|relaystate|samlrequest|continue|continue_?url|from"
    r"|back|back_?url|destination|goto|target|forward|ref|rurl|r|came_from|follow|origin_?url|entityid|callback_?url|original_?ur[il])=[^&]",
    re.IGNORECASE,
)
_USER_FIELDS = (
    'input[type="email"],input[name*="user" i],input[name*="login" i],input[name*="mail" i],input[name*="identifier" i],'
    'input[name*="account" i],input[autocomplete*="username" i],input[name*="entityid" i]'
)
"""Fields for a user name or e-mail address."""
_PASSWORD_FIELD = 'input[type="password" i]'  # noqa: S105  # a selector
_HEADINGS = frozenset({"h1", "h2", "h3"})
_TEXT = frozenset({"p", "li", "dd", "td", "blockquote", "article", "main", "section", "div", "center", "font"})
_PICTURES = frozenset({"img", "picture", "video", "iframe", "object", "embed"})
_TEXT_WORDS, _MENU = 5, 3
"""Least words of content beside a login box, and least links beside them if there is no picture."""
_NAVIGATION = frozenset({"header", "nav", "aside", "footer"})

_login = Phrases(LOGIN)
_filler = Phrases(LOGIN_FILLER)
_demands = Phrases(DEMANDS)
_talk = Phrases(TALK)


def login(page: Page) -> str:
    """The evidence that the page is a login page (a heading, a sentence or an address), or ""."""
    if page.words >= SHORT or page.tree is None:
        return ""
    password = page.tree.css_first(_PASSWORD_FIELD) if "password" in page.lower else None
    login_address = bool(_PATH.search(page.path) or _HOST.search(page.host))
    returns = bool(_RETURN.search(split_url(page.url).query or ""))
    heading = stated_phrase(
        page.title_and_headings,
        _login,
        _filler,
        ("to", "bei", "auf", "à", "sur", "en", "a", "su", "em", "op", "bij", "do", "w", "в", "на"),
    )
    if password is not None:
        in_content = _in_content(page, _PASSWORD_FIELD)
        top = page.tree.css_first("h1")
        named = login_address or _login.first(fold(page.title if top is None else f"{page.title} {top.text()}"))
        beside = not named and _beside_content(page, password)
        if in_content and (heading or login_address) and not beside:
            return heading[:80] or f"a password field at {page.path}"
        if page.words <= _ALONE and (in_content or heading) and not beside:
            return "nothing but a password field"
    if (
        page.words < _LITTLE
        and login_address
        and (returns or (heading and (page.words <= _ALONE or _in_content(page, _USER_FIELDS))))
    ):
        return heading[:80] or f"{page.host}{page.path}"
    if page.words < _LITTLE and returns and heading:
        return heading[:80]
    if page.words <= _TINY:
        folded = fold(page.text)
        return "" if _talk.first(folded) else _demands.first(folded)
    return ""


def _beside_content(page: Page, field: LexborNode) -> bool:
    """Whether the form with this field stands beside content: a later heading, or text with a picture or several links, or more text."""
    form = _form_of(field)
    inside = {node.mem_id for node in form.traverse()}
    below, words, pictures, links = False, 0, 0, 0
    for node in page.tree.body.traverse() if page.tree is not None and page.tree.body is not None else ():
        below = below or node.mem_id == form.mem_id
        if node.mem_id in inside:
            continue
        if node.tag in _HEADINGS and below and (text := one_line(node.text(separator=" "))) and not _login.first(fold(text)):
            return True
        words += len(node.text(deep=False).split()) if node.tag in _TEXT else 0
        pictures += node.tag in _PICTURES and "logo" not in (node.html or "").lower()
        links += node.tag == "a"
    return words > _ALONE or (words >= _TEXT_WORDS and (pictures > 0 or links >= _MENU))


def _form_of(field: LexborNode) -> LexborNode:
    """The form around a field, or the element in which it stands."""
    node = field
    while node.parent is not None and node.tag != "form" and node.parent.tag != "body":
        node = node.parent
    return node


def _in_content(page: Page, fields: str) -> bool:
    """Whether such a field is in the content, not in a header, menu or footer."""
    for field in page.tree.css(fields) if page.tree is not None else ():
        node = field.parent
        while node is not None and node.tag not in _NAVIGATION:
            node = node.parent
        if node is None:
            return True
    return False
