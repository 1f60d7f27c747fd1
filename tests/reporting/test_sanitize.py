import pytest

from generator.reporting import sanitize


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("", ""),
        ("plain", "plain"),
        ("  Ça va,\t世界 \n", "Ça va, 世界"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("a\x1b]8;;https://e.org\x1b\\link\x1b]8;;\x07b", "alinkb"),
        ("\x1b]0;never ended", "0;never ended"),
        ("\x1bcreset", "reset"),
        ("a\r\nb\x0bc\x85d\u2028e", "a b c d e"),
        ("a\u202eb\u2066c\u200fd\ufeffe", "abcde"),
        ("\U0001f469\u200d\U0001f52c", "\U0001f469\u200d\U0001f52c"),
        ("\ud800\ufffe", "\ufffd\ufffd"),
        ("##[error]x", "# #[error]x"),
        ("###[group]", "## #[group]"),
        ("##vso[task.x]", "# #vso[task.x]"),
        ("## heading", "## heading"),
        ("::error::x", ": :error::x"),
        (" \x07::add-mask::x", ": :add-mask::x"),
        ("std::vector ::1", "std::vector ::1"),
        ("a##\x1b[0m[error]", "a# #[error]"),
    ],
)
def test_text_becomes_one_safe_line(given, shown):
    assert sanitize.text(given) == shown
    assert sanitize.text(shown) == shown


def test_text_is_shortened_in_the_middle():
    long = sanitize.text("begin " + "x" * 100_000 + " end", 100)
    assert len(long) <= 100
    assert long.startswith("begin ")
    assert long.endswith("x end")
    assert " … " in long
    assert sanitize.text("y" * 100, 100) == "y" * 100


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("https://e.org/a%2Fb?q=ü#x", "https://e.org/a%2Fb?q=ü#x"),
        ("https://exa mple.org", "https://exa mple.org"),
        ("https://e.org/\n::error::", "https://e.org/%0A::error::"),
        ("https://e.org/\u202egnp", "https://e.org/%E2%80%AEgnp"),
        ("https://e.org/\ud800", "https://e.org/%ED%A0%80"),
        ("https://e.org/##[error]", "https://e.org/##%5Berror]"),
    ],
)
def test_only_unprintable_characters_of_addresses_are_encoded(given, shown):
    assert sanitize.address(given) == shown
    assert sanitize.address(shown) == shown


def test_addresses_are_cut_only_where_a_limit_is_given():
    url = "https://e.org/" + "a" * 5000
    assert sanitize.address(url) == url
    assert sanitize.address(url, 50) == url[:49] + "…"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("lists/a b.yaml", "lists/a b.yaml"),
        ("a\n::error::x", "a ::error::x"),
        ("::error::x.yaml", "./::error::x.yaml"),
        ("x\udcffy", "x\ufffdy"),
    ],
)
def test_paths_are_never_log_commands(given, shown):
    assert sanitize.path(given) == shown


def test_a_long_path_keeps_its_end():
    assert sanitize.path("x" * 500 + "/topic.yaml", 20) == "…xxxxxxxx/topic.yaml"
    assert sanitize.path("x" * 500) == "x" * 500


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("+a: 1\n-b:\t2\n", "+a: 1\n-b:\t2\n"),
        ("+a\r\n", "+a^M\n"),
        ("\x1b[2J\x9b31m\u202eb", "<U+001B>[2J<U+009B>31m<U+202E>b"),
        ("中\u3000文 👩\u200d🔬 é", "中\u3000文 👩\u200d🔬 é"),
    ],
)
def test_many_lines_keep_every_word_without_control_characters(given, shown):
    assert sanitize.lines(given) == shown
