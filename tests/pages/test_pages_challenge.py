"""Bot challenges are recognised with any status; pages about them or with a captcha are not."""

from __future__ import annotations

import pytest

from linkcheck.pages import read
from tests.pages.samples import GERMAN, bare, live, see

CLOUDFLARE = bare(
    "Just a moment...",
    '<div class="main-wrapper" role="main"><div class="main-content"><noscript><div class="h2"><span id="challenge-error-text">'
    "Enable JavaScript and cookies to continue</span></div></noscript></div></div><script>(function(){window._cf_chl_opt="
    '{cvId:"3",cZone:"site.example",cType:"managed",cRay:"8f1c0a"};var a=document.createElement("script");'
    'a.src="/cdn-cgi/challenge-platform/h/g/orchestrate/chl_page/v1?ray=8f1c0a";}());</script>',
    head='<meta http-equiv="refresh" content="360"><meta name="robots" content="noindex,nofollow">',
)
CLOUDFLARE_GERMAN = bare(
    "Nur einen Moment…",
    "<h1>site.example</h1><p>Bestätigen Sie, dass Sie ein Mensch sind. Dies kann einige Sekunden dauern.</p><p>site.example muss die"
    " Sicherheit Ihrer Verbindung überprüfen, bevor Sie fortfahren können.</p><script>window._cf_chl_opt={cType:'interactive'}</script>",
    lang="de",
)
ANUBIS = bare(
    "Making sure you&#39;re not a bot!",
    '<main><h1 id="title" class="centered-div">Making sure you&#39;re not a bot!</h1><img id="image" src="/.within.website/x/cmd/anubis/'
    'static/img/pensive.webp?cacheBuster=v1.20.0"><p id="status">Loading...</p><details><summary>Why am I seeing this?</summary><p>You are'
    " seeing this because the administrator of this website has set up a shield against the flood of automated readers that take whole"
    " sites down. It asks your browser for a small proof of work, which costs a single visitor nothing and a scraper a great deal.</p>"
    '<p>Please enable JavaScript to get past it.</p></details></main><script id="anubis_version" type="application/json">"v1.20.0"</script>'
    '<script id="anubis_challenge" type="application/json">{"rules":{"algorithm":"fast","difficulty":4},"challenge":"9d1f"}</script>',
)
ANUBIS_GERMAN = ANUBIS.replace("Making sure you&#39;re not a bot!", "Ich stelle sicher, dass Sie kein Bot sind!")
WAF = bare(
    "Human Verification",
    '<div id="captcha-container"></div><script>window.awsWafCookieDomainList = [];window.gokuProps = {"key":"AQ"};</script>'
    '<script src="https://0a1b.edge.sdk.awswaf.com/0a1b/challenge.js"></script><noscript><h1>JavaScript is disabled</h1>In order to'
    " continue, you need to enable JavaScript in your browser and reload.</noscript>",
)
AKAMAI = (
    '<html><head><meta http-equiv="refresh" content="5; URL=\'/papers/intro?bm-verify=AAQAAAAJ\'"></head><body>'
    '<div id="sec-if-cpt-container" role="main"></div><script>var i=17;</script></body></html>'
)
IMPERVA = (
    '<html style="height:100%"><head><META NAME="ROBOTS" CONTENT="NOINDEX, NOFOLLOW"></head><body style="margin:0px;height:100%">'
    '<iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31&xinfo=9-1" frameborder=0 width="100%">Request unsuccessful. '
    "Incapsula incident ID: 1046000480-2</iframe></body></html>"
)
PERIMETERX = bare(
    "Access to this page has been denied.",
    '<div class="px-captcha-container"><div class="px-captcha-header">Before we continue...</div><div id="px-captcha"></div></div>'
    "<script>window._pxAppId = 'PXabc';</script><script src='https://captcha.px-cdn.net/PXabc/captcha.js'></script>",
)
DATADOME = bare(
    "site.example",
    '<p id="cmsg">Please enable JS and disable any ad blocker</p><script data-cfasync="false">var dd={"rt":"c","cid":"AHrl","host":'
    '"geo.captcha-delivery.com"}</script><script src="https://ct.captcha-delivery.com/c.js"></script>',
)
SUCURI = bare(
    "You are being redirected...",
    "<noscript>Javascript is required. Please enable javascript before you are allowed to see this page.</noscript>"
    "<script>var s={},u,c,U,r,i,l=0,a,e=eval,S='cz0i';sucuri_cloudproxy_js='';</script>",
)
VERCEL = bare(
    "Vercel Security Checkpoint",
    '<p id="header-text">We\'re verifying your browser</p><p><a href="https://vercel.link/security-checkpoint">Website owner? Click here'
    ' to fix</a></p><script type="module" src="/.well-known/vercel/security/static/challenge.v2.min.js"></script>',
)
DDOS_GUARD = bare(
    "DDoS-Guard",
    "<h1>Проверка браузера перед переходом на сайт</h1><p>Процесс автоматический, подождите.</p>"
    '<script src="/.well-known/ddos-guard/js-challenge/index.js"></script>',
    lang="ru",
)
TURNSTILE_ONLY = bare(
    "Verify you are human",
    '<h2>One more step</h2><form method="post"><div class="cf-turnstile" data-sitekey="0x4AAA"></div><button>Go on</button></form>'
    '<script src="https://challenges.cloudflare.com/turnstile/v0/api.js" async></script>',
)
HCAPTCHA_SPANISH = bare(
    "Verificación de seguridad",
    '<p>Antes de continuar, confirme que es humano.</p><form action="/verify" method="post"><div class="h-captcha" data-sitekey="10"></div>'
    '<input type="submit" value="Continuar"></form><script src="https://hcaptcha.com/1/api.js"></script>',
    lang="es",
)
SITEGROUND = (
    '<html><head><link rel="icon" href="data:;"><meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=%2Fpapers&y=ipc:1"></meta>'
    "</head></html>"
)
BAIDU = bare(
    "百度安全验证",
    '<div class="timeout"></div><script src="https://wappass.baidu.com/static/captcha/api.js"></script>',
    lang="zh",
)
FASTLY = bare(
    "Client Challenge",
    '<noscript>JavaScript is disabled in your browser. Please enable JavaScript to proceed.</noscript><script src="/_fs-ch-1T1w/script.js">'
    "</script><p>A required part of this site couldn't load.</p>",
)
PLAIN_WORDS = bare(
    "Checking your browser",
    "<h1>Checking your browser before accessing site.example.</h1><p>This process is automatic. You will be redirected shortly.</p>"
    "<script>setTimeout(function(){document.forms[0].submit()},4000)</script>",
)
CHINESE_WORDS = bare("请稍候…", "<h1>正在检查您的浏览器</h1><script>go()</script>", lang="zh")


@pytest.mark.parametrize(
    ("html", "status", "vendor"),
    [
        (CLOUDFLARE, 403, "Cloudflare"),
        (CLOUDFLARE, 503, "Cloudflare"),
        (CLOUDFLARE, 200, "Cloudflare"),
        (CLOUDFLARE_GERMAN, 403, "Cloudflare"),
        (ANUBIS, 200, "Anubis"),
        (ANUBIS_GERMAN, 200, "Anubis"),
        (WAF, 202, "AWS WAF"),
        (WAF, 405, "AWS WAF"),
        (AKAMAI, 200, "Akamai"),
        (IMPERVA, 200, "Imperva"),
        (PERIMETERX, 403, "PerimeterX"),
        (DATADOME, 403, "DataDome"),
        (DATADOME, 200, "DataDome"),
        (SUCURI, 200, "Sucuri"),
        (VERCEL, 429, "Vercel"),
        (DDOS_GUARD, 403, "DDoS-Guard"),
        (TURNSTILE_ONLY, 200, "Turnstile"),
        (HCAPTCHA_SPANISH, 200, "hCaptcha"),
        (SITEGROUND, 202, "SiteGround"),
        (BAIDU, 200, "Baidu"),
        (FASTLY, 200, "Fastly"),
        (PLAIN_WORDS, 503, "hecking your browser"),
        (PLAIN_WORDS, 200, "hecking your browser"),
        (CHINESE_WORDS, 200, "请稍候"),
    ],
)
def test_a_challenge_is_recognised_whatever_its_status(html: str, status: int, vendor: str) -> None:
    assert vendor in see(html, status=status).challenge


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("cf-mitigated", "challenge", 403),
        ("CF-Mitigated", "challenge", 200),
        ("x-amzn-waf-action", "challenge", 202),
        ("X-Amzn-Waf-Action", "captcha", 405),
        ("server", "ddos-guard", 403),
        ("x-datadome", "protected", 403),
        ("x-vercel-mitigated", "challenge", 429),
    ],
)
def test_a_header_that_only_challenges_have_is_enough(header: str, value: str, status: int) -> None:
    assert read(b"", ((header, value),), "https://site.example/", status=status).challenge
    assert read(
        b"%PDF-1.4", (("content-type", "application/pdf"), (header, value)), "https://site.example/", status=status
    ).challenge


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("server", "cloudflare", 403),
        ("x-datadome", "protected", 200),
        ("server", "ddos-guard", 200),
        ("x-amzn-waf-action", "count", 200),
    ],
)
def test_headers_that_vendors_also_send_with_content(header: str, value: str, status: int) -> None:
    assert not see(live("A study of samplers"), status=status, headers=((header, value),)).challenge


ABOUT_CLOUDFLARE = live(
    "Just a moment: how Cloudflare checks browsers",
    "<p>The page sets a variable and loads a script:</p><pre><code>window._cf_chl_opt = {...}\n&lt;script src=&quot;/cdn-cgi/challenge-platform/h/g/"
    "orchestrate/chl_page/v1&quot;&gt;</code></pre>",
)
SHORT_NOTE = bare(
    "Getting past _cf_chl_opt in tests",
    "<h1>Notes on challenges</h1><p>If your test client gets a page with <code>window._cf_chl_opt</code> or <code>sucuri_cloudproxy_js</code>, it"
    " was taken for a robot. Ask the owner of the site for an exception.</p>",
)
CONTACT = bare(
    "Kontakt",
    '<h1>Schreiben Sie uns</h1><form method="post"><input name="name"><input type="email" name="mail"><textarea name="text"></textarea>'
    '<div class="g-recaptcha" data-sitekey="6Lc"></div><button>Absenden</button></form><script src="https://www.google.com/recaptcha/api.js">'
    "</script>",
    lang="de",
)
SENSOR = bare(
    "Laboratory for Visual Computing",
    "<h1>Laboratory for Visual Computing</h1><p>We study light, cameras and what computers can learn from both. Our group is part of the"
    " institute for computer science and welcomes visitors on every first Friday of the month, when students show what they have built."
    " Publications, data sets and teaching stand in the menu above. Our latest paper on the rendering of hair won an award, and two new"
    " colleagues have joined us since the spring: one works on hands, the other on the sound of moving water and of falling leaves. The"
    " library is open to everybody who asks at the desk.</p><script>(function(){window['__CF$cv$params']={r:'8f1c',t:'MTc='};var"
    " a=document.createElement('script');a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js';}())</script>",
)
GERMAN_ARTICLE = live(
    "Sind Sie ein Roboter? Eine Geschichte der Captchas",
    '<form><div class="h-captcha"></div><textarea name="kommentar"></textarea></form>',
    text=GERMAN,
    lang="de",
)
ROBOT_BOOK = bare(
    "Are you a robot? A novel", "<h1>Are you a robot? A novel</h1><p>Order it in any bookshop.</p><img src=cover.jpg>"
)
ROBOT_TEST = bare(
    "Are you a robot? How captchas work",
    "<h1>Are you a robot?</h1><p>The first of them asked people to read bent letters.</p><p>Later ones showed street signs and shop fronts.</p>"
    '<script src="/stats.js"></script>',
)
DEMO = live("reCAPTCHA demo", '<div class="g-recaptcha" data-sitekey="6Lc"></div>', times=1)
TRAFFIC = bare(
    "Unusual traffic message - Forum",
    "<h1>Search tells me I am a robot</h1><p>Since yesterday it says <q>Our systems have detected unusual traffic from your computer network</q>,"
    ' and nothing helps. Who else sees this?</p><p>Restart your router, then it is gone.</p><script src="/forum.js"></script>',
)
INVISIBLE = live("Sampling by hand", head='<script src="https://www.google.com/recaptcha/api.js?render=6Lc"></script>', times=3)


@pytest.mark.parametrize(
    "html",
    [
        ABOUT_CLOUDFLARE,
        SHORT_NOTE,
        CONTACT,
        SENSOR,
        GERMAN_ARTICLE,
        ROBOT_BOOK,
        ROBOT_TEST,
        DEMO,
        TRAFFIC,
        INVISIBLE,
        live("Security checks in hospitals"),
    ],
)
def test_pages_about_or_with_captchas_are_content(html: str) -> None:
    assert not see(html).challenge


def test_a_challenge_has_no_refresh() -> None:
    assert see(SITEGROUND, status=202).refresh == ""
    assert see(AKAMAI).refresh == ""


WIDGET = '<div class="cf-turnstile" data-sitekey="x"></div><script src="https://challenges.example/api.js"></script>'
LETTERS = (
    '<img src="/captcha/image?n=7" alt=""><form action="/captcha/verify"><input name="letters"><button>Go on</button></form>'
)


@pytest.mark.parametrize(
    "html",
    [
        bare("A shop", f"<h4>Type the letters of the picture to go on</h4>{LETTERS}"),
        bare("Ein Laden", f"<p>Damit wir sehen, dass hier ein Mensch sitzt:</p>{LETTERS}", lang="de"),
        bare("店", f"<p>続けるには下の文字</p>{LETTERS}", lang="ja"),
        bare("shop.example", '<form action="/errors/validateCaptcha"><input type="text" name="field-keywords"><button>OK</button></form>'),
        bare("shop.example", f"<p>Please solve this.</p>{WIDGET}"),
        bare("", f'<a href="/"><img src="/logo.png"></a>{WIDGET}'),
        bare("Bitte warten ...", "<p>Ihr Browser wird geprüft. Das dauert bis zu 5 Sekunden.</p><script src=/c.js></script>", lang="de"),
        bare("site.example", "<h1>Un momento</h1><p>Este proceso es automático. Espere hasta 5 segundos.</p><script src=/c.js></script>", lang="es"),
        bare("site.example", "<p>Ce processus est automatique. Vous serez redirigé vers le contenu demandé.</p><script src=/c.js></script>", lang="fr"),
        bare("site.example", "<p>Проверяем соединение, не более 5 секунд.</p><script src=/c.js></script>", lang="ru"),
        bare("site.example", "<p>该过程是自动的，请等待5秒钟。</p><script src=/c.js></script>", lang="zh"),
        bare("site.example", "<p>This process is automatic. Please allow up to 5 seconds.</p><script src=/c.js></script>"),
    ],
)  # fmt: skip
def test_walls_with_status_200_are_recognised(html: str) -> None:
    assert see(html).challenge


PICTURES = '<a href="https://kites.example/1"><img src="1.png"></a><a href="https://kites.example/2"><img src="2.png"></a>'


@pytest.mark.parametrize(
    "html",
    [
        bare("Hello", f"<h1>ada</h1><p>I build kites from paper and old maps. Workshops on Sundays.</p>{PICTURES}{WIDGET}"),
        bare("Ada", f"<h2>Ada, Drachenbauerin</h2><p>Werkstatt am Sonntag, Bilder unten, Fragen gern per Post.</p>{PICTURES}{WIDGET}", lang="de"),
        bare("Newsletter", f'<h1>Kite letters</h1><form>{LETTERS}<input type="email"></form>'),
        bare("Guest book", f"<h1>Guest book</h1><p>Tell us who you are and what you fly.</p>{PICTURES}{LETTERS}"),
        bare("Search", '<h1>Words</h1><form action="/find"><input name="q"></form>'),
        bare("Moved", '<p>We have moved. You will be redirected in 5 seconds, or go to <a href="/new">the new page</a>.</p><script src=/c.js></script>'),
    ],
)  # fmt: skip
def test_a_captcha_beside_content_is_no_challenge(html: str) -> None:
    assert not see(html).challenge
