"""Every text of the site that isn't from the lists, in one table: a row for each text, a column for each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from html import escape

from generator.sources.collection import LANGUAGES

__all__ = ["TABLE", "Strings", "strings"]

TABLE: Mapping[str, tuple[str, str, str]] = {
    # The frame
    "locale": ("en_GB", "de_DE", "fr_FR"),
    "skip": ("Skip to content", "Zum Inhalt springen", "Aller au contenu"),
    "site_nav": ("Site", "Website", "Site"),
    "topics": ("Topics", "Themen", "Thèmes"),
    "authors": ("Authors", "Personen", "Auteurs"),
    "link_health": ("Link health", "Zustand der Links", "État des liens"),
    "dark_mode": ("Dark mode", "Dunkle Darstellung", "Mode sombre"),
    "light_or_dark": ("Light or dark", "Hell oder dunkel", "Clair ou sombre"),
    "search_all": ("Search all entries", "Alle Einträge durchsuchen", "Chercher dans toutes les entrées"),
    "edit_page": ("Edit this page", "Diese Seite bearbeiten", "Modifier cette page"),
    "source": ("Source", "Quelltext", "Source"),
    "suggest": ("Suggest an entry", "Eintrag vorschlagen", "Proposer une entrée"),
    "licence": ("Lists: {licence}", "Listen: {licence}", "Listes\u00a0: {licence}"),
    "made_with": (
        "Made with Listkeeper. No trackers, no cookies.", "Erstellt mit Listkeeper. Kein Tracking, keine Cookies.",
        "Réalisé avec Listkeeper. Ni traceurs, ni cookies.",
    ),
    # Counts and dates
    "entry": ("{n} entry|{n} entries", "{n} Eintrag|{n} Einträge", "{n} entrée|{n} entrées"),
    "topic": ("{n} topic|{n} topics", "{n} Thema|{n} Themen", "{n} thème|{n} thèmes"),
    "link": ("{n} link|{n} links", "{n} Link|{n} Links", "{n} lien|{n} liens"),
    "night": ("{n} night|{n} nights", "{n} Nacht|{n} Nächten", "{n} nuit|{n} nuits"),
    "day": ("{day} {month} {year}", "{day}. {month} {year}", "{day} {month} {year}"),
    "months": (
        "January February March April May June July August September October November December",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    ),
    "thousands": (",", ".", "\u202f"),
    # The home page
    "reading_lists": ("Reading lists", "Leselisten", "Listes de lecture"),
    "by_kind": ("By kind", "Nach Art", "Par type"),
    "known_to_work": (
        "{good} of {links} known to work", "{good} von {links} funktionieren", "{good} sur {links} fonctionnent"
    ),
    "last_checked": ("last checked on {day}", "zuletzt geprüft am {day}", "vérifiés le {day}"),
    "download_lists": ("Download the lists", "Die Listen herunterladen", "Télécharger les listes"),
    "all_in_one_file": (
        "All entries in one file. The page of each topic has files of its own.",
        "Alle Einträge in einer Datei. Die Seite jedes Themas hat ihre eigenen Dateien.",
        "Toutes les entrées dans un fichier. La page de chaque thème a ses propres fichiers.",
    ),
    "use_bib": (
        "for LaTeX and reference managers", "für LaTeX und Literaturverwaltungen", "pour LaTeX et les gestionnaires de références"
    ),
    "use_csl.json": (
        "for Zotero, pandoc and other citation programs", "für Zotero, pandoc und andere Zitierprogramme",
        "pour Zotero, pandoc et d’autres logiciels de citation",
    ),
    "use_csv": ("for spreadsheets", "für Tabellenprogramme", "pour les tableurs"),
    "use_json": (
        "for programs: all fields of the sources", "für Programme: alle Felder der Quellen",
        "pour les programmes\u00a0: tous les champs des sources",
    ),
    "use_feed.json": (
        "for feed readers that prefer JSON", "für Feedreader, die JSON vorziehen", "pour les lecteurs de flux qui préfèrent JSON"
    ),
    "use_opml": ("all feeds, for feed readers", "alle Feeds, für Feedreader", "tous les flux, pour les lecteurs de flux"),
    "use_atom.xml": (
        "for feed readers: the newest entries", "für Feedreader: die neuesten Einträge",
        "pour les lecteurs de flux\u00a0: les entrées récentes",
    ),
    "use_cff": ("how to cite the collection", "wie man die Sammlung zitiert", "comment citer la collection"),
    "new_entries": ("New entries", "Neue Einträge", "Nouvelles entrées"),
    "new_entries_of": ("{title}: new entries", "{title}: neue Einträge", "{title}\u00a0: nouvelles entrées"),
    # New entries
    "new": ("New", "Neu", "Nouveautés"),
    "new_about": (
        "The newest entries, and all by the month in which they were added.",
        "Die neuesten Einträge, und alle nach dem Monat, in dem sie dazukamen.",
        "Les entrées les plus récentes, et toutes par mois d’ajout.",
    ),
    "new_in": ("New in {month}", "Neu im {month}", "Nouveautés de {month}"),
    "all_new": ("All new entries", "Alle neuen Einträge", "Toutes les nouveautés"),
    "by_month": ("By month", "Nach Monat", "Par mois"),
    "js_unseen": ("new since your last visit", "neu seit Ihrem letzten Besuch", "nouveau depuis votre dernière visite"),
    # Topic pages
    "untitled": ("Untitled", "Ohne Titel", "Sans titre"),
    "search_in_topic": ("Search in this topic", "In diesem Thema suchen", "Chercher dans ce thème"),
    "download_as": ("Download as", "Herunterladen als", "Télécharger en"),
    "on_this_page": ("On this page", "Auf dieser Seite", "Sur cette page"),
    "start_here": ("Start here", "Hier beginnen", "Par où commencer"),
    "see_also": ("See also", "Siehe auch", "Voir aussi"),
    "also_belong": (
        "Entries of other topics that also belong here:", "Einträge anderer Themen, die auch hierher gehören:",
        "Entrées d’autres thèmes qui ont aussi leur place ici\u00a0:",
    ),
    "in_topic": ("In {place}", "In {place}", "Dans {place}"),
    "other_topics": ("Other topics", "Andere Themen", "Autres thèmes"),
    "related_topics": ("Related topics", "Verwandte Themen", "Thèmes voisins"),
    "previous": ("Previous", "Zurück", "Précédent"),
    "next": ("Next", "Weiter", "Suivant"),
    "page_moved": (
        "This page has moved: {link} is its new address.", "Diese Seite ist umgezogen: {link} ist ihre neue Adresse.",
        "Cette page a déménagé\u00a0: {link} est sa nouvelle adresse.",
    ),
    "permalink": ("Permanent link: {title}", "Dauerhafter Link: {title}", "Lien permanent\u00a0: {title}"),
    "order": ("Order", "Reihenfolge", "Ordre"),
    "order_list": ("As in the list", "Wie in der Liste", "Comme dans la liste"),
    "order_year": ("Newest first", "Neueste zuerst", "Les plus récentes d’abord"),
    "order_title": ("By title", "Nach Titel", "Par titre"),
    "order_stars": ("Most stars", "Meiste Sterne", "Le plus d’étoiles"),
    "order_pushed": ("Latest commit", "Neuester Commit", "Dernier commit"),
    "compact": ("Compact", "Kompakt", "Compact"),
    # A maintainer's Markdown
    "table": ("Table", "Tabelle", "Tableau"),
    "formula": ("Formula", "Formel", "Formule"),
    "done": ("done", "erledigt", "fait"),
    "to_do": ("to do", "offen", "à faire"),
    "note": ("Note {number}", "Anmerkung {number}", "Note {number}"),
    "back_to_text": ("Back to the text", "Zurück zum Text", "Retour au texte"),
    # Entries
    "et_al": ("{people} et al.", "{people} u. a.", "{people} et al."),
    "cite": ("Cite", "Zitieren", "Citer"),
    "archived_copy": ("archived copy", "archivierte Kopie", "copie archivée"),
    "state_deprecated": ("Deprecated", "Veraltet", "Obsolète"),
    "state_withdrawn": ("Withdrawn", "Zurückgezogen", "Retiré"),
    "state_retracted": ("Retracted", "Widerrufen", "Rétracté"),
    "state_dead": ("The page is gone", "Die Seite gibt es nicht mehr", "La page a disparu"),
    "checked_on": ("checked on {day}", "geprüft am {day}", "vérifié le {day}"),
    "never_checked": ("never checked", "nie geprüft", "jamais vérifié"),
    "kind_paper": ("Paper", "Artikel", "Article"),
    "kind_preprint": ("Preprint", "Preprint", "Prépublication"),
    "kind_book": ("Book", "Buch", "Livre"),
    "kind_thesis": ("Thesis", "Abschlussarbeit", "Thèse"),
    "kind_survey": ("Survey", "Übersicht", "Synthèse"),
    "kind_course": ("Course", "Kurs", "Cours"),
    "kind_lecture": ("Lecture", "Vorlesung", "Conférence"),
    "kind_video": ("Video", "Video", "Vidéo"),
    "kind_workshop": ("Workshop", "Workshop", "Atelier"),
    "kind_blog": ("Blog post", "Blogbeitrag", "Billet de blog"),
    "kind_software": ("Software", "Software", "Logiciel"),
    "kind_dataset": ("Dataset", "Datensatz", "Jeu de données"),
    "kind_person": ("Person", "Person", "Personne"),
    "kind_group": ("Group", "Gruppe", "Groupe"),
    "kind_project": ("Project", "Projekt", "Projet"),
    "kind_other": ("Other", "Anderes", "Autre"),
    # Repositories
    "activity_active": ("active", "aktiv", "actif"),
    "activity_quiet": ("quiet", "ruhig", "calme"),
    "activity_idle": ("idle", "untätig", "inactif"),
    "activity_archived": ("archived", "archiviert", "archivé"),
    "activity_not_asked": ("activity not asked", "Aktivität nicht abgefragt", "activité non demandée"),
    "no_commit": (
        "no commit for {n} day|no commit for {n} days", "kein Commit seit {n} Tag|kein Commit seit {n} Tagen",
        "aucun commit depuis {n} jour|aucun commit depuis {n} jours",
    ),
    "last_commit": ("last commit {day}", "letzter Commit {day}", "dernier commit {day}"),
    "asked_on": ("asked on {day}", "abgefragt am {day}", "demandé le {day}"),
    # Link health
    "outcome_alive": ("alive", "erreichbar", "actif"),
    "outcome_moved": ("moved", "umgezogen", "déplacé"),
    "outcome_failing": ("failing", "gestört", "en panne"),
    "outcome_blocked": ("blocked", "gesperrt", "bloqué"),
    "outcome_dead": ("dead", "tot", "mort"),
    "outcome_invalid": ("invalid", "ungültig", "invalide"),
    "outcome_unchecked": ("unchecked", "ungeprüft", "non vérifié"),
    "means_alive": ("the page has content", "die Seite hat Inhalt", "la page a du contenu"),
    "means_moved": (
        "works, at a new permanent address", "funktioniert, an einer neuen dauerhaften Adresse",
        "fonctionne, à une nouvelle adresse permanente",
    ),
    "means_failing": (
        "doesn't work, but isn't proven dead", "funktioniert nicht, ist aber nicht nachweislich tot",
        "ne fonctionne pas, mais sa mort n’est pas prouvée",
    ),
    "means_blocked": (
        "the server refuses automatic checks", "der Server lehnt automatische Prüfungen ab",
        "le serveur refuse les vérifications automatiques",
    ),
    "means_dead": ("proven dead", "nachweislich tot", "mort prouvée"),
    "means_invalid": ("not a valid address", "keine gültige Adresse", "adresse non valide"),
    "means_unchecked": (
        "not checked, or excluded from checks", "nicht geprüft oder von der Prüfung ausgenommen", "non vérifié, ou exclu"
    ),
    "health_about": (
        "How many links are alive, failing or dead, night by night.",
        "Wie viele Links erreichbar, gestört oder tot sind, Nacht für Nacht.",
        "Combien de liens sont actifs, en panne ou morts, nuit après nuit.",
    ),
    "none_checked": (
        "No link of this collection has been checked yet.", "Noch kein Link dieser Sammlung wurde geprüft.",
        "Aucun lien de cette collection n’a encore été vérifié.",
    ),
    "nights_count": (
        "Nights count from the first {command} on; this page shows them after the next build of the site.",
        "Gezählt wird vom ersten {command} an; diese Seite zeigt die Nächte, sobald die Website wieder erstellt wurde.",
        "Les nuits comptent à partir du premier {command}\u00a0; cette page les montre à la prochaine construction du site.",
    ),
    "night_by_night": ("Night by night", "Nacht für Nacht", "Nuit après nuit"),
    "health_sum": (
        "{good} of {links} are known to work, {dead}. Last checked on {day}.",
        "{good} von {links} funktionieren, {dead}. Zuletzt geprüft am {day}.",
        "{good} sur {links} fonctionnent, {dead}. Dernière vérification le {day}.",
    ),
    "proven_dead": (
        "{n} is proven dead|{n} are proven dead", "{n} ist nachweislich tot|{n} sind nachweislich tot",
        "{n} mort prouvée|{n} morts prouvées",
    ),
    "none_dead": ("none is proven dead", "keiner ist nachweislich tot", "aucune mort prouvée"),
    "not_alive_note": (
        "Links that were not alive, of the {links} in the lists today; links removed since are not counted.",
        "Links, die nicht erreichbar waren, von heute {links} in den Listen; seither entfernte sind nicht mitgezählt.",
        "Liens qui n’étaient pas actifs, sur les {links} des listes d’aujourd’hui\u00a0; ceux retirés depuis ne comptent pas.",
    ),
    "nights_shown": (
        "Of {all} nights, {shown} are shown.", "Von {all} Nächten sind {shown} gezeigt.", "Sur {all} nuits, {shown} sont montrées."
    ),
    "as_table": ("As a table", "Als Tabelle", "En tableau"),
    "nights_in_numbers": ("Nights in numbers", "Nächte in Zahlen", "Les nuits en chiffres"),
    "night_head": ("night", "Nacht", "nuit"),
    "last_alive": ("last seen alive on {day}", "zuletzt erreichbar am {day}", "vu actif le {day}"),
    "chart_label": (
        "Links that were not alive on {nights}; the last: {last}", "Links, die in {nights} nicht erreichbar waren; die letzte: {last}",
        "Liens qui n’étaient pas actifs sur {nights}\u00a0; la dernière\u00a0: {last}",
    ),
    "all_alive": ("all checked links were alive", "alle geprüften Links waren erreichbar", "tous les liens vérifiés étaient actifs"),
    # Author pages
    "authors_about": (
        "People with two or more entries in these lists, by the names that the entries give in full.",
        "Personen mit mindestens zwei Einträgen in diesen Listen, nach ihrem ausgeschriebenen Namen.",
        "Personnes ayant au moins deux entrées dans ces listes, d’après leur nom complet.",
    ),
    "more": ("{n} more entry|{n} more entries", "{n} weiterer Eintrag|{n} weitere Einträge", "{n} autre entrée|{n} autres entrées"),
    "author_entries": ("Entries by {name}", "Einträge von {name}", "Entrées de {name}"),
    # The page that isn't there
    "not_found": ("This page isn't here", "Diese Seite gibt es nicht", "Cette page n’existe pas"),
    "not_found_about": (
        "The address is wrong, or the page was renamed or removed. Search above, or go to {link}.",
        "Die Adresse stimmt nicht, oder die Seite wurde umbenannt oder entfernt. Suchen Sie oben, oder gehen Sie zu {link}.",
        "L’adresse est fausse, ou la page a été renommée ou supprimée. Cherchez ci-dessus, ou allez à {link}.",
    ),
    "all_lists": ("all topics", "allen Themen", "tous les thèmes"),
    # In scripts
    "js_copy": ("Copy", "Kopieren", "Copier"),
    "js_copied": ("Copied", "Kopiert", "Copié"),
    "js_selected": ("Selected", "Ausgewählt", "Sélectionné"),
    "js_results": ("Search results", "Suchergebnisse", "Résultats de la recherche"),
    "js_loading": ("Loading …", "Wird geladen …", "Chargement …"),
    "js_not_loaded": (
        "The search data could not be loaded.", "Die Suchdaten konnten nicht geladen werden.",
        "Les données de recherche n’ont pas pu être chargées.",
    ),
    "js_nothing": (
        "Nothing found. Try fewer words, or clear the filters.", "Nichts gefunden. Weniger Wörter oder Filter helfen vielleicht.",
        "Rien trouvé. Essayez moins de mots, ou effacez les filtres.",
    ),
    "js_found": ("{found} of {all} entries", "{found} von {all} Einträgen", "{found} sur {all} entrées"),
    "js_without": ("without: {words}", "ohne: {words}", "sans\u00a0: {words}"),
    "js_instead": ("also: {words}", "auch: {words}", "aussi\u00a0: {words}"),
    "js_filters": ("Filters", "Filter", "Filtres"),
    "js_clear": ("Clear", "Zurücksetzen", "Effacer"),
    "js_more": ("Show more", "Mehr zeigen", "En voir plus"),
    "js_topic": ("Topic", "Thema", "Thème"),
    "js_section": ("Section", "Abschnitt", "Section"),
    "js_tag": ("Tag", "Schlagwort", "Mot-clé"),
    "js_kind": ("Kind", "Art", "Type"),
    "js_year": ("Year", "Jahr", "Année"),
    "js_venue": ("Venue", "Erschienen in", "Publié dans"),
    "js_language": ("Language", "Sprache", "Langue"),
    "js_health": ("Link health", "Zustand des Links", "État du lien"),
    "js_activity": ("Activity", "Aktivität", "Activité"),
    "js_any": ("Any", "Alle", "Tous"),
}  # fmt: skip
"""A text by key in each language. Of two parts with "|" between them the first is for one, the second for several."""

_SCRIPTS = "js_"


@dataclass(frozen=True, slots=True)
class Strings:
    """The texts in one language."""

    language: str
    texts: Mapping[str, str] = field(hash=False, repr=False)

    def __call__(self, key: str, **values: str) -> str:
        """The text of a key with its values, not escaped. A key that isn't in the table raises KeyError."""
        return self.texts[key].format_map(values) if values else self.texts[key]

    def html(self, key: str, **values: str) -> str:
        """The text of a key, escaped, with values that are HTML."""
        return escape(self.texts[key], quote=False).format_map(values)

    def count(self, key: str, number: int) -> str:
        """A number with its noun."""
        one, _, several = self.texts[key].partition("|")
        single = number < 2 if self.language == "fr" else number == 1
        return (one if single else several).format(n=self.number(number))

    def number(self, value: int) -> str:
        """A number with the language's sign between thousands."""
        return f"{value:,}".replace(",", self.texts["thousands"])

    def day(self, when: date) -> str:
        """A date such as 20 November 2026."""
        month = self.texts["months"].split()[when.month - 1]
        return self(
            "day", day="1er" if when.day == 1 and self.language == "fr" else str(when.day), month=month, year=str(when.year)
        )

    def month(self, when: date) -> str:
        """A month such as November 2026."""
        return f"{self.texts['months'].split()[when.month - 1]} {when.year}"

    def scripts(self) -> dict[str, str]:
        """The texts that scripts show, by their keys without the prefix."""
        return {key.removeprefix(_SCRIPTS): text for key, text in self.texts.items() if key.startswith(_SCRIPTS)}


@cache
def strings(language: str) -> Strings:
    """The texts in one of `LANGUAGES`, the columns of the table."""
    column = LANGUAGES.index(language)
    return Strings(language, {key: row[column] for key, row in TABLE.items()})
