"""What whole runs say of sites: each row is a site as it answers, and the right outcome and rule."""

from __future__ import annotations

import pytest

from tests.engine.small_web import ENGLISH, FIRST, MISSING, Reply, page, ran, site, to

LINK = "notes.example/papers/intro"
TITLE = "An Introduction to Kites"


def judged(answer, link=LINK, title=TITLE, **more):
    """The verdict of one link on a site."""
    (found,) = ran({link.partition("/")[0]: answer}, (link, title), **more).last.values()
    return found


REFUSALS = [
    (503, "Sorry", "We're sorry, but your computer or network may be sending automated queries. This isn't served right now."),
    (502, "Blocked", "Your IP address has been blocked because of automated requests."),
    (500, "Zugriff nicht möglich", "Von Ihrem Netz kommt ungewöhnlicher Datenverkehr. Ihre IP-Adresse wurde gesperrt."),
    (503, "Service indisponible", "Nous avons détecté des requêtes automatisées venant de votre réseau."),
    (503, "Error", "Detectamos tráfico inusual procedente de su red."),
    (502, "Ошибка", "С вашего адреса поступают автоматические запросы."),
    (503, "提示", "检测到异常流量，您的IP已被封禁。"),
    (503, "エラー", "自動化されたアクセスを検出しました。"),
    (500, "Access denied", "Please contact the administrator."),
    (503, "Error 1015", "You are being rate limited. Ray ID: 8f1c"),
    (200, "Access denied | notes.example used Cloudflare to restrict access", "Error 1006 Ray ID: 8f1c What happened? The owner has banned your IP address."),
    (200, "Access denied", "Your IP address has been blocked."),
]  # fmt: skip


@pytest.mark.parametrize(("status", "title", "text"), REFUSALS)
def test_an_answer_that_refuses_programs_is_blocked(status, title, text):
    found = judged(lambda _: Reply(page(title, text), status))
    assert (found.outcome, found.rule) == ("blocked", "refusal")


@pytest.mark.parametrize(
    ("status", "title", "text", "outcome", "rule"),
    [
        (503, "Service Unavailable", "The server is temporarily unable to service your request.", "failing", "server-error"),
        (502, "Bad gateway", "The web server reported a bad gateway error.", "failing", "server-error"),
        (500, "Database error", "Access denied for user 'web'@'localhost' (using password: YES)", "failing", "server-error"),
        (522, "notes.example | 522: Connection timed out", "Cloudflare Ray ID: 8f1c. What happened? The host timed out.", "failing", "server-error"),
        (404, "Not found", "Bots are not allowed to guess addresses.", "dead", "not-found"),
        (200, "Why your IP address has been blocked", f"{ENGLISH} Your IP address has been blocked, says the page. {ENGLISH}", "alive", "answered"),
    ],
)  # fmt: skip
def test_other_errors_and_pages_refuse_nobody(status, title, text, outcome, rule):
    found = judged(lambda _: Reply(page(title, text), status))
    assert (found.outcome, found.rule) == (outcome, rule)


@pytest.mark.parametrize("status", [400, 402, 405, 408, 414, 418, 421, 422, 431, 451, 464, 495, 505, 999])
def test_only_a_denial_denies(status):
    assert judged(lambda _: Reply(page("Error", "Sorry, something went wrong."), status)).outcome == "blocked"


@pytest.mark.parametrize(
    ("headers", "outcome"),
    [
        ({"Set-Cookie": "visid_incap_27=x; path=/"}, "blocked"),
        ({"Set-Cookie": "datadome=x; path=/"}, "blocked"),
        ({"X-Kpsdk-Ct": "x"}, "failing"),
        ({"Set-Cookie": "session=x"}, "failing"),
    ],
)
def test_a_reset_behind_a_vendors_cookie_is_a_wall(headers, outcome):
    pages = {"/papers/intro": to("/papers/intro?go=1", **headers)}
    found = judged(pages.get)
    assert found.outcome == outcome


def test_a_vendors_cookie_of_another_site_says_nothing():
    sites = {
        "notes.example": lambda _: to("http://other.example:PORT/x", **{"Set-Cookie": "datadome=x"}),
        "other.example": lambda _: None,
    }
    (found,) = ran(sites, (LINK, TITLE)).last.values()
    assert found.outcome == "failing"


WALLS = [
    ("Age verification", "You must be 18 to enter. Please confirm your date of birth.", "blocked", "wall"),
    ("Sind Sie über 18?", "Ja Nein", "blocked", "wall"),
    ("Unsupported browser", "Please use a newer one.", "blocked", "wall"),
    ("Activez les cookies", "Puis rechargez la page.", "blocked", "wall"),
    ("Unavailable", "This page is not available in your country.", "blocked", "wall"),
    ("Virtual waiting room", "You are now in line.", "blocked", "wall"),
    ("Avant de continuer", "Nous utilisons des cookies.", "blocked", "wall"),
    ("Choose your country", "Austria Belgium Chile", "blocked", "wall"),
    ("Log in", "<form><input name=user><input type=password></form>", "blocked", "login"),
    ("Scheduled maintenance", "We will be back shortly.", "failing", "maintenance"),
    ("Wartungsarbeiten", "Wir sind bald wieder da.", "failing", "maintenance"),
    ("Welcome", "Tell us who you are first: a teacher, a pupil or a parent.", "blocked", "same-for-any-address"),
    ("Bonjour", "Choisissez : particulier, entreprise, association.", "blocked", "same-for-any-address"),
]  # fmt: skip
AT = ("/gate", "/gate?return=/papers/intro", "/", "/de/shop/2/gate.html?to=http%3A%2F%2Fnotes.example%2Fpapers%2Fintro&x=1")


@pytest.mark.parametrize(("title", "text", "outcome", "rule"), WALLS)
@pytest.mark.parametrize("at", AT)
def test_a_wall_to_which_every_address_leads_is_never_dead_and_never_content(title, text, outcome, rule, at):
    """Except that nothing is known where every address leads to the root, and that says nothing."""

    def answer(target):
        if target.partition("?")[0] == at.partition("?")[0]:
            return Reply(page(title, text))
        return to(at.replace("/papers/intro", target).replace("%2Fpapers%2Fintro", target.replace("/", "%2F")))

    found = judged(answer)
    expected = ("dead", "soft-404") if at == "/" and rule == "same-for-any-address" else (outcome, rule)
    assert (found.outcome, found.rule) == expected


def test_maintenance_never_becomes_death(tmp_path):
    wall = Reply(page("Under maintenance", "We will be back soon."))
    sites = {"notes.example": lambda target: wall if target == "/down" else to("/down")}
    assert ran(sites, (LINK, TITLE), nights=40, history=tmp_path / "h").last[LINK].outcome == "failing"


@pytest.mark.parametrize("status", [301, 302, 308])
@pytest.mark.parametrize("new", ["http://kites.example:PORT/", "http://kites.example:PORT/home", "/"])
def test_a_site_that_leads_to_a_home_that_names_the_work_lives(status, new):
    def answer(target):
        return Reply(page("An introduction to kites — the book")) if target in {"/", "/home"} else to(new, status)

    sites = {"notes.example": answer, "kites.example": answer}
    (found,) = ran(sites, (LINK, TITLE)).last.values()
    assert found.outcome == ("alive" if status == 302 else "moved")


@pytest.mark.parametrize(
    ("link", "title", "shown", "outcome", "rule"),
    [
        (LINK, "Introduction to Kites", "An Introduction to Kites", "alive", "answered"),
        (LINK, "A Study of Sails", "An Introduction to Kites", "blocked", "same-for-any-address"),
        (LINK, None, "An Introduction to Kites", "blocked", "same-for-any-address"),
        ("notes.example/", "A Study of Sails", "An Introduction to Kites", "alive", "answered"),
        (LINK, "A Study of Sails", "404 Not Found", "dead", "soft-404"),
    ],
)
def test_a_site_that_shows_one_page_for_any_address(link, title, shown, outcome, rule):
    found = judged(
        lambda target: Reply(page(shown, ENGLISH)) if target in {"/", "/all/of/it"} else to("/all/of/it"), link, title
    )
    assert (found.outcome, found.rule) == (outcome, rule)


DENIALS = [
    ("Account suspended", "This account has been suspended. Contact your provider.", "tombstone"),
    ("Webseite gesperrt", "Diese Webseite wurde gesperrt.", "tombstone"),
    ("Kite Cafe", "The page you are looking for was not found. It may have blown away.", "soft-404"),
    ("Obsolete link", "Try the archive, or the search at the top.", "soft-404"),
    ("notes.example", "A premium domain. Make an offer, or choose lease to own for this domain. The domain is held in escrow.", "parked"),
    ("Default web site page", "Whoever owns this server has put nothing here yet. " * 28, "parked"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "rule"), DENIALS)
@pytest.mark.parametrize("link", ["notes.example/", "notes.example/intro.html", LINK])
@pytest.mark.parametrize("at", [None, "/cgi-sys/notice.cgi"])
def test_a_page_that_denies_is_proved_by_a_made_up_address(title, text, rule, link, at):
    shown = Reply(page(title, text))
    assert (judged(lambda target: shown if at in {None, target} else to(at), link).rule) == rule
    if at is None:
        living = judged(lambda target: shown if target == link.removeprefix("notes.example") else Reply("", 404), link)
        assert living.outcome == "alive"


def test_an_empty_page_for_any_address_whose_script_leads_to_an_error_page_denies():
    script = "<script>location.replace('/' + navigator.language + '/404.html')</script>"
    found = judged(lambda _: Reply(f"<!doctype html><html><head><meta charset=utf-8>{script}</head><body></body></html>"))
    assert (found.outcome, found.rule) == ("dead", "soft-404")


@pytest.mark.parametrize(
    "home", ["/", "/?from=404", "/en/", "/de-AT", "/index.html", "/accueil", "/fr/accueil.php", "/startseite", "/pt/inicio/"]
)
def test_a_site_that_leads_everything_to_its_home_page_denies(home):
    found = judged(lambda target: Reply(page("Kite Club")) if target == home else to(home))
    assert (found.outcome, found.rule) == ("dead", "soft-404")


@pytest.mark.parametrize(
    ("link", "title", "outcome"),
    [
        ("notes.example/", "Acme", "alive"),
        ("notes.example/docs/start", "Acme documentation", "alive"),
        ("notes.example/docs/", "Choose your language", "alive"),
    ],
)
def test_a_choice_at_an_address_of_its_own_is_content(link, title, outcome):
    shown = Reply(page("Choose your language", "Deutsch English Español"))
    found = judged(lambda target: shown if f"notes.example{target}" == link else Reply("", 404), link, title)
    assert found.outcome == outcome


def test_pages_with_titles_of_their_own_are_not_the_same_page():
    """Though a server that answers to any address shows each with the same text."""
    links = [(f"notes.example/photos/{number}", None) for number in range(4)]
    verdicts = ran({"notes.example": lambda target: Reply(page(f"Photograph {target}"))}, *links).last.values()
    assert {found.outcome for found in verdicts} == {"alive"}


def test_a_page_about_walls_is_content():
    text = Reply(
        page("Age verification", "What the law says, and what it costs. You must be 18 to buy a kite in this country.")
    )
    assert judged(lambda _: text, title="Age Verification: What the Law Says").outcome == "alive"
    assert judged(lambda _: text, title="Kites").outcome == "blocked"


PLACES = page("An Introduction to Kites").replace("<h1>", '<h1 id="sec">')


@pytest.mark.parametrize(
    ("location", "link", "fragment"),
    [
        ("/new#sec", "/old#was", "found"),
        ("/new#gone", "/old#sec", "missing"),
        ("/new", "/old#sec", "found"),
        ("/new", "/old#was", "missing"),
        ("/step#sec", "/old#was", "found"),
        ("/new#:~:text=introduction%20to%20kites", "/old#was", "found"),
        ("/new", "/old#:~:text=the%20estimator,usual%20rate", "found"),
        ("/new", "/old#:~:text=no%20such%20words", "missing"),
        ("/new#sec", "/old", None),
    ],
)
@pytest.mark.parametrize("status", [301, 302])
def test_the_fragment_of_a_location_counts(location, link, fragment, status):
    pages = {"/old": to(location, status), "/step": to("/new", status), "/new": Reply(PLACES)}
    assert judged(pages.get, f"notes.example{link}").fragment == fragment


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, br", "compress"])
def test_a_coding_that_was_not_asked_for_leaves_fragments_unknown(coding):
    found = judged(lambda _: Reply(b"\x1b\x2f\0\0\xc4" * 300, 200, {"Content-Encoding": coding}), f"{LINK}#part-2")
    assert (found.outcome, found.fragment) == ("alive", "unknown")


ENDS = Reply(page("An Introduction to Kites"))
MOVES = [
    ("/en-us/papers/intro", "Accept-Language", "alive"),
    ("/papers/en/intro", "Accept-Encoding, accept-language", "alive"),
    ("/papers/intro?lang=en", "Accept-Language", "alive"),
    ("/papers/intro.html?hl=en-GB", "accept-language", "alive"),
    ("http://en.notes.example:PORT/papers/intro", "Accept-Language", "alive"),
    ("/de/aufsaetze/einleitung", "Accept-Language", "alive"),
    ("/essays/intro", "Accept-Language", "moved"),
    ("/en/papers/intro", "Accept-Encoding", "moved"),
    ("/papers/intro;jsessionid=8F1C2A", "", "alive"),
    ("/papers/intro?PHPSESSID=8f1c2a", "", "alive"),
    ("/papers/intro?sid=8f1c2a&utm_source=redirect", "", "alive"),
    ("/(S(k3jq0zb5))/papers/intro", "", "alive"),
    ("/papers/intro?utm_source=home&utm_medium=301", "", "alive"),
    ("/papers/intro?gclid=x", "", "alive"),
    ("/papers/intro?_=17", "", "alive"),
    (f"/papers/intro?loaded={FIRST.timestamp():.0f}", "", "alive"),
    ("/papers/intro?AspxAutoDetectCookieSupport=1", "", "alive"),
    ("/papers/intro?edition=2", "", "moved"),
    ("/papers/intro?loaded=1012345678", "", "moved"),
    ("/papers/introduction?sid=8f1c2a", "", "moved"),
]


@pytest.mark.parametrize(("location", "vary", "outcome"), MOVES)
@pytest.mark.parametrize("status", [301, 308])
def test_moved_is_what_every_reader_gets(location, vary, outcome, status):
    def answer(target):
        return to(location, status, **({"Vary": vary} if vary else {})) if target == "/papers/intro" else ENDS

    found = ran({"notes.example": answer, "en.notes.example": lambda _: ENDS}, (LINK, TITLE)).last[LINK]
    assert found.outcome == outcome
    assert "sid=" not in found.final_url


@pytest.mark.parametrize(
    ("refresh", "requests"),
    [
        ("10; url=/papers/intro?t={}", 1),
        ("5; URL='/papers/intro?page=2'", 1),
        ("5", 1),
        ("0; url=/papers/intro", 1),
        ("0; url=/papers/intro#top", 1),
        ("0; url=?_={}", 1),
        ("3; url=http://notes.example:PORT/papers/intro", 1),
        ("0; url=?step={}", 2),
    ],
)
@pytest.mark.parametrize("where", ["header", "meta"])
@pytest.mark.parametrize("words", [ENGLISH * 5, "Kites: 4"])
def test_a_page_that_refreshes_to_itself_is_alive_at_once(refresh, requests, where, words):
    count = iter(range(100))

    def answer(_target):
        value = refresh.format(next(count))
        head = f'<meta http-equiv="refresh" content="{value.replace(":PORT", "")}">' if where == "meta" else ""
        return Reply(page(TITLE, words, head=head), 200, {} if head else {"Refresh": value})

    if where == "meta" and "PORT" in refresh:
        pytest.skip("the page doesn't know its port")
    run = ran({"notes.example": answer}, (LINK, TITLE))
    assert (run.last[LINK].outcome, len(run.asked)) == ("alive", requests)


@pytest.mark.parametrize(
    "path",
    ["/api/{id}/docs", '/say"hello"', "/a`b", "/a<b>c", "/q?x={1}", '/q?x="1"', "/kept%7Bid%7D", "/a\u00a0b", "/a\u00a0"],
)
@pytest.mark.parametrize("redirected", [False, True])
def test_what_a_request_line_may_not_contain_is_encoded(path, redirected):
    def answer(target):
        if any(char in target for char in '{}"<>`^\\'):
            return Reply("", 400)
        return to(path.encode().decode("latin-1"), 301) if redirected and target == "/start" else ENDS

    (found,) = ran(
        {"notes.example": answer}, ("notes.example/start" if redirected else f"notes.example{path}", TITLE)
    ).last.values()
    assert found.outcome == ("moved" if redirected else "alive")


@pytest.mark.parametrize(
    ("titles", "before"),
    [
        ((TITLE, TITLE, "Sourdough for Beginners"), TITLE),
        (("Kite Club", "Kite Club", "Sourdough for Beginners"), "Kite Club"),
        (("Kite Club", "The Kite Club", "Kite Club: news"), ""),
        (("Kite Club", "Kite Club", TITLE), ""),
    ],
)
def test_a_changed_page_is_alive_and_reported(titles, before, tmp_path):

    def sites(night):
        return {"notes.example": site({"/papers/intro": page(titles[night])})}

    found = ran(sites, (LINK, TITLE), nights=3, history=tmp_path / "h").last[LINK]
    assert (found.outcome, found.changed_from) == ("alive", before)


LOST = Reply(page("Page not found", "The page you are looking for was not found."))


@pytest.mark.parametrize(
    ("answer", "outcomes", "asked"),
    [
        (site({"/": "Kites"}), "failing dead dead dead", 1),
        (site({"/": to("/en"), "/en": "Kites"}), "failing dead dead dead", 1),
        (site({"/": Reply("", 403)}), "failing dead dead dead", 1),
        (site({"/": LOST}), "failing dead dead dead", 1),
        (site({}), "failing failing failing dead", 1),
        (site({}, Reply("", 404)), "failing failing failing dead", 1),
        (site({"/": Reply("", 410)}), "failing failing failing dead", 1),
        (site({"/": to("/404"), "/404": MISSING}), "failing failing failing dead", 1),
        (site({"/papers/intro": to("/papers/intro")}), "failing failing failing dead", 1),
        (site({}, LOST), "failing failing failing dead", 1),
        (site({}, Reply("", 410)), "dead dead dead dead", 0),
        (site({}, Reply("", 500)), "failing failing failing failing", 0),
    ],
)
def test_a_site_whose_root_denies_as_well_is_dead_after_six_days(answer, outcomes, asked, tmp_path):
    """Its root is asked once a night, for all links to it; `outcomes` are those of nights 1, 3, 6 and 7."""
    links = [(LINK, TITLE), ("notes.example/papers/second", None)]
    run = ran({"notes.example": answer}, *links, nights=7, history=tmp_path / "h")
    assert [run.nights[number - 1][LINK].outcome for number in (1, 3, 6, 7)] == outcomes.split()
    assert run.asked.count("notes.example/") == 7 * asked


MANY = [("notes.example/papers/intro", None), *((f"notes.example/papers/{number}", None) for number in range(4))]


@pytest.mark.parametrize(
    ("living", "links", "outcomes", "asked"),
    [
        (0, 5, "unchecked failing failing failing dead", 0),
        (2, 5, "failing failing failing dead dead", 0),
        (3, 5, "failing dead dead dead dead", 8),
        (1, 4, "failing failing failing dead dead", 0),
        (2, 4, "failing dead dead dead dead", 8),
        (0, 3, "failing dead dead dead dead", 8),
    ],
)
def test_a_site_of_which_most_links_deny_is_dead_after_six_days(living, links, outcomes, asked, tmp_path):
    """Its root lives, and isn't asked; `outcomes` are those of nights 1, 3, 6, 7 and 8 (the first counts for nothing where all fail)."""
    pages = {"/": "Kites", **{f"/papers/{number}": page(f"Paper {number}") for number in range(4)}}
    shown = {path: reply for number, (path, reply) in enumerate(pages.items()) if number <= living}
    run = ran({"notes.example": site(shown)}, *MANY[:links], nights=8, history=tmp_path / "h")
    found = [run.nights[number - 1][LINK].outcome for number in (1, 3, 6, 7, 8)]
    assert [str(outcome) for outcome in found] == outcomes.split()
    assert run.asked.count("notes.example/") == asked


def test_fresh_links_of_a_site_count_as_alive(tmp_path):
    """Links that needn't be asked again are links of the site all the same."""
    pages = {f"/papers/{number}": page(f"Paper {number}") for number in range(4)}
    more = [(f"notes.example/papers/{name}", None) for name in ("b", "c", "d")]
    sites = {"notes.example": site({"/": "Kites", **pages})}
    run = ran(sites, *MANY, *more, nights=3, history=tmp_path / "h", fresh_days=30.0)
    assert run.last[LINK].outcome == "dead"


def test_a_denying_root_is_not_asked_for_itself_nor_without_a_history(tmp_path):
    home = ran({"notes.example": site({})}, ("notes.example/", None), nights=7, history=tmp_path / "h")
    assert [night["notes.example/"].outcome for night in home.nights] == ["failing"] * 6 + ["dead"]
    assert len(home.asked) == 14
    alone = ran({"notes.example": site({})}, (LINK, TITLE))
    assert (alone.last[LINK].outcome, "notes.example/" in alone.asked) == ("dead", False)


def test_the_root_of_the_site_that_denies_is_asked(tmp_path):
    sites = {"notes.example": lambda _: to("http://kites.example:PORT/gone"), "kites.example": site({"/": "Kites"})}
    run = ran(sites, (LINK, TITLE), nights=3, history=tmp_path / "h")
    assert run.last[LINK].outcome == "dead"
    assert (run.asked.count("kites.example/"), run.asked.count("notes.example/")) == (3, 0)
