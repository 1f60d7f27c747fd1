"""Paragraphs and page layouts of ordinary sites, in several languages and of several decades, for pages that have real content."""

from __future__ import annotations

from html import escape

PARAGRAPHS = {
    "en": (
        (
            "These notes grew out of a graduate seminar. We begin with finite-dimensional convex problems, where every step can be "
            "drawn on the blackboard, and only then pass to the general case. Proofs that need more than a page stand in an appendix."
        ),
        (
            "The second chapter compares three ways of computing the same quantity. All of them converge; they differ in how much "
            "memory they ask for and in what happens when the data are noisy. A table at the end says when to prefer which."
        ),
        (
            "Exercises marked with a star were used in examinations. Corrections are welcome and are credited by name. The figures "
            "can be redrawn from the scripts in the accompanying repository, which also holds the slides of the lectures."
        ),
        (
            "Readers who know measure theory may skip the first section. Those who do not will find the few facts that are used later "
            "collected there, with references to two textbooks that treat them in full."
        ),
    ),
    "de": (
        (
            "Dieses Skript ist aus einer Vorlesung für das fünfte Semester entstanden. Vorausgesetzt werden lineare Algebra und die "
            "Grundlagen der Wahrscheinlichkeitstheorie; alles Weitere wird im Text entwickelt und an kleinen Beispielen vorgeführt."
        ),
        (
            "Im zweiten Kapitel werden drei Verfahren verglichen, die dieselbe Größe berechnen. Sie unterscheiden sich im Speicherbedarf "
            "und darin, wie empfindlich sie auf verrauschte Daten reagieren. Eine Tabelle fasst die Ergebnisse zusammen."
        ),
        (
            "Aufgaben mit Stern stammen aus früheren Klausuren. Hinweise auf Fehler nehmen die Verfasser dankbar entgegen. Die Abbildungen "
            "lassen sich mit den Programmen im zugehörigen Archiv neu erzeugen, dort liegen auch die Folien."
        ),
    ),
    "fr": (
        (
            "Ces notes accompagnent un cours de deuxième année de master. On y suppose connues l'algèbre linéaire et les bases des "
            "probabilités ; les autres outils sont introduits au fur et à mesure, toujours à partir d'un exemple."
        ),
        (
            "Le deuxième chapitre compare trois méthodes de calcul d'une même quantité. Elles convergent toutes, mais ne demandent ni la "
            "même mémoire ni le même temps, et ne réagissent pas de la même façon au bruit."
        ),
        (
            "Les exercices sont corrigés en annexe. Les figures peuvent être reproduites grâce aux programmes fournis, et les remarques "
            "des lecteurs sont intégrées à chaque nouvelle version du document."
        ),
    ),
    "es": (
        (
            "Estos apuntes acompañan un curso de posgrado. Se suponen conocidos el álgebra lineal y los fundamentos de la probabilidad; "
            "todo lo demás se desarrolla poco a poco, siempre a partir de un ejemplo pequeño."
        ),
        (
            "El segundo capítulo compara tres métodos para calcular la misma cantidad. Todos convergen, pero difieren en la memoria que "
            "necesitan y en su comportamiento cuando los datos contienen ruido."
        ),
        (
            "Los ejercicios llevan solución al final. Las figuras se pueden reproducir con los programas del repositorio, donde también "
            "están las transparencias de las clases."
        ),
    ),
    "ja": (
        "この講義ノートは大学院のセミナーをもとにまとめたものです。線形代数と確率論の基礎だけを前提とし、必要な道具はそのつど例を用いて導入します。",
        "第二章では同じ量を計算する三つの方法を比較します。いずれも収束しますが、必要な記憶容量と雑音に対する頑健さが異なります。",
        "演習問題の解答は巻末にあります。図は付属のプログラムで再現できます。誤りの指摘を歓迎します。",
    ),
}
MENU = {
    "en": ("Home", "Research", "Teaching", "Contact"),
    "de": ("Startseite", "Forschung", "Lehre", "Kontakt"),
    "fr": ("Accueil", "Recherche", "Enseignement", "Contact"),
    "es": ("Inicio", "Investigación", "Docencia", "Contacto"),
    "ja": ("ホーム", "研究", "講義", "連絡先"),
}


def paragraphs(lang: str = "en", many: int = 2) -> str:
    """Running text, as HTML paragraphs."""
    texts = PARAGRAPHS[lang]
    return "\n".join(f"<p>{texts[number % len(texts)]}</p>" for number in range(many))


def article(title: str, site: str = "", lang: str = "en", body: str | None = None, head: str = "") -> str:
    """A page as a blog engine makes it: menu, article, sidebar, footer."""
    full = f"{title} | {site}" if site else title
    menu = "".join(f'<li class="menu-item"><a href="/{number}">{name}</a></li>' for number, name in enumerate(MENU[lang]))
    return f"""<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(full)}</title>
<link rel="stylesheet" href="/assets/css/style.css?v=3f1c">
{head}</head>
<body class="post-template single">
<header class="site-header"><nav><ul class="menu">{menu}</ul></nav></header>
<main id="content" class="site-main"><article class="post"><h1 class="entry-title">{escape(title)}</h1>
{paragraphs(lang) if body is None else body}
</article></main>
<footer class="site-footer"><p>{escape(site)}</p></footer>
</body>
</html>
"""


def academic(title: str, site: str = "", lang: str = "en", body: str | None = None) -> str:
    """A page as a professor wrote it by hand in 1999."""
    return f"""<HTML>
<HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=utf-8"><TITLE>{escape(title)}</TITLE></HEAD>
<BODY BGCOLOR="#FFFFFF">
<H2>{escape(title)}</H2>
<I>{escape(site)}</I>
<HR>
{paragraphs(lang) if body is None else body}
<UL><LI><A HREF="notes.ps.gz">PostScript</A> <LI><A HREF="notes.pdf">PDF</A></UL>
<HR>
</BODY></HTML>
"""


def docs(title: str, site: str = "", lang: str = "en", body: str | None = None, head: str = "") -> str:
    """A page as a documentation generator makes it."""
    return f"""<!doctype html>
<html class="writer-html5" lang="{lang}" data-content_root="./">
<head><meta charset="utf-8" /><title>{escape(title)} &mdash; {escape(site)} documentation</title>
<link rel="stylesheet" type="text/css" href="_static/css/theme.css" />
<script src="_static/doctools.js"></script>{head}
</head>
<body class="wy-body-for-nav"><div class="wy-grid-for-nav"><nav class="wy-nav-side"><a href="index.html">{escape(site)}</a></nav>
<section class="wy-nav-content-wrap"><div role="main" class="document"><section id="top"><h1>{escape(title)}<a class="headerlink" href="#top">¶</a></h1>
{paragraphs(lang) if body is None else body}
</section></div></section></div></body>
</html>
"""


SKINS = (article, academic, docs)
