"""Login pages show only a login; a form in a header or a text about logins is none."""

from __future__ import annotations

import pytest

from tests.pages.samples import ENGLISH, GERMAN, bare, live, see

FORM = '<form method="post" action="/session"><input name="user"><input type="password" name="pass"><button>{}</button></form>'
SIGN_IN = bare(
    "Sign in to Gitwerk · Gitwerk",
    f"<h1>Sign in to Gitwerk</h1>{FORM.format('Sign in')}<p>New here? <a href=/join>Create an account</a></p>",
)
ANMELDEN = bare(
    "Anmelden | Bibliothek",
    f"<h1>Bitte melden Sie sich an</h1>{FORM.format('Anmelden')}<a href=/hilfe>Passwort vergessen?</a>",
    lang="de",
)
CHINESE = bare("统一身份认证", f"<h2>用户登录</h2>{FORM.format('登录')}", lang="zh")
LONG_TERMS = bare("Log in", f"<h1>Log in</h1>{FORM.format('Log in')}<h2>Terms</h2><p>{ENGLISH * 3}</p>")
ONLY_FORM = bare("Acme Intranet", FORM.format("OK"))
IDENTIFIER = bare(
    "Sign in - Accounts", '<h1>Sign in</h1><form><input type="email" name="identifier"><button>Next</button></form>'
)
WAYF = bare(
    "Select your identity provider", "<h1>Select your identity provider</h1><select><option>University of A</option></select>"
)
SPA_LOGIN = bare("Portal", '<div id="root"></div><script src="/static/main.js"></script>')
DEMAND = bare("Forum", "<p>You must be logged in to view this topic.</p>")
DEMAND_FRENCH = bare("Forum", "<p>Vous devez être connecté pour lire ce sujet.</p>", lang="fr")
DEMAND_RUSSIAN = bare("Форум", "<p>Необходимо авторизоваться, чтобы читать эту тему.</p>", lang="ru")


@pytest.mark.parametrize(
    ("html", "url"),
    [
        (SIGN_IN, "https://gitwerk.example/login?return_to=%2Fteam%2Frepo"),
        (SIGN_IN, "https://gitwerk.example/team/repo"),
        (ANMELDEN, "https://bibliothek.example/werk/17"),
        (CHINESE, "https://univ.example/cas/login?service=https%3A%2F%2Funiv.example%2Fdoc"),
        (LONG_TERMS, "https://site.example/users/sign_in"),
        (ONLY_FORM, "https://intra.example/"),
        (IDENTIFIER, "https://accounts.example.com/v3/signin/identifier?continue=https%3A%2F%2Fdocs.example.com%2Fd%2F1"),
        (WAYF, "https://discovery.example.edu/WAYF?entityID=https%3A%2F%2Fsp.example&return=https%3A%2F%2Fsp.example%2FDS"),
        (SPA_LOGIN, "https://app.example/login?next=%2Fdoc%2F17"),
        (SPA_LOGIN, "https://login.app.example/?redirect_uri=https%3A%2F%2Fapp.example"),
        (DEMAND, "https://forum.example/viewtopic.php?t=4"),
        (DEMAND_FRENCH, "https://forum.example/viewtopic.php?t=4"),
        (DEMAND_RUSSIAN, "https://forum.example/viewtopic.php?t=4"),
    ],
)
def test_a_login_page_is_recognised(html: str, url: str) -> None:
    assert see(html, url).login


HEADER_FORM = live("A phpBB board").replace("</nav>", f"</nav>{FORM.format('Login')}")
SHORT_HEADER_FORM = bare(
    "Treffen im Mai",
    f"<header>{FORM.format('Anmelden')}</header><h1>Treffen im Mai</h1><p>{GERMAN * 2}</p>",
    lang="de",
)
TUTORIAL = live(
    "How to build a login form", f"<pre>&lt;input type=password&gt;</pre><div class=demo>{FORM.format('Try')}</div>"
)
TUTORIAL_SHORT = bare(
    "Authentication | Docs", f"<h1>Authentication</h1><p>{ENGLISH}</p><input type=text name=q><pre>GET /token</pre>"
)
HIDDEN_DIALOG = bare(
    "Chor am Markt",
    f'<h1>Chor am Markt</h1><p>{GERMAN}</p><div class="modal" style="display: none"><h2>Anmelden</h2>{FORM.format("Los")}</div>',
    lang="de",
)
TUTORIAL_GERMAN = bare(
    "Anmelden: eine kurze Geschichte des Passworts",
    f'<h1>Anmelden</h1><p>{GERMAN}</p><p>So sah es früher aus:</p><input type="password">',
    lang="de",
)
TUTORIAL_SMALL = bare("How to write a login form", f"<h1>How to write a login form</h1><p>{ENGLISH}</p>{FORM.format('Try it')}")
COMMENTS = bare(
    "Spring walk", "<h1>Spring walk</h1><p>We meet at the old mill.</p><p>You must be logged in to post a comment.</p>"
)
PAPER = live("Members only: clubs and markets")


@pytest.mark.parametrize(
    ("html", "url"),
    [
        (HEADER_FORM, "https://board.example/viewtopic.php?t=5"),
        (SHORT_HEADER_FORM, "https://verein.example/termine"),
        (TUTORIAL, "https://blog.example/login"),
        (TUTORIAL_SHORT, "https://docs.example/api/authentication"),
        (HIDDEN_DIALOG, "https://chor.example/"),
        (TUTORIAL_SMALL, "https://blog.example/forms"),
        (TUTORIAL_GERMAN, "https://blog.example/passwort"),
        (COMMENTS, "https://club.example/2026/04/walk"),
        (PAPER, "https://journal.example/article?from=search"),
        (live("Sign in"), "https://dictionary.example/phrase/sign-in"),
    ],
)
def test_a_page_with_content_is_no_login_page(html: str, url: str) -> None:
    assert not see(html, url).login


BOX = '<form action="/enter"><input name="u"><input type="password" name="p"><a href="/new">New account</a></form>'
MENU = '<div id="menu"><a href="/plays">Plays</a> <a href="/people">People</a> <a href="/news">News</a></div>'


@pytest.mark.parametrize(
    "body",
    [
        f'<div>{BOX}</div>{MENU}<img src="/portrait.jpg"><p>Our oldest puppet, on stage since 1994</p>',
        f"{MENU}<div>{BOX}</div><h1>News</h1>",
        f"{MENU}<table><tr><td>{BOX}</td><td>Puppet House, 12 River Street, Monday to Friday from nine</td></tr></table>",
        f"<div>{BOX}</div><h1>Spielplan</h1><ul><li>Der Wolf</li><li>Die Gans</li></ul>",
        f"<h2>Login</h2><div>{BOX}</div><h3>Wystawy</h3><p>W sobotę o dziesiątej</p>",
        f"<div><h2>Sign in</h2>{BOX}</div><p>{ENGLISH}</p>",
        f'<iframe src="/stage"></iframe><div>{BOX}</div><p>The stage as it was seen in spring</p>',
    ],
)
def test_a_login_box_beside_content_is_no_login_page(body: str) -> None:
    assert not see(bare("Puppet stage", body), "https://stage.example/repertoire").login


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Acme", f'<img src="/logo.png"><h1>Acme</h1><p>Enter your user name.</p>{BOX}<a href="/help">Help</a><p>© Acme 2026</p>'),
        ("Acme", f"<h1>Members</h1>{BOX}"),
        ("Anmelden", f"{BOX}<h2>Hilfe</h2><p>{GERMAN}</p>"),
        ("Moderation", "<h1>Protected: Moderation</h1><p>This content is password protected.</p><form>Password: <input type=password></form>"),
        ("Blog", "<h1>Privé</h1><form>Cet article est protégé par un mot de passe. <input type=password></form>"),
    ],
)  # fmt: skip
def test_a_page_with_little_beside_the_form_is_a_login_page(title: str, body: str) -> None:
    assert see(bare(title, body), "https://stage.example/repertoire").login
