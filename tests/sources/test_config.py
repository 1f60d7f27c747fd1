"""`_collection.yaml`: settings, the policy of checking, and the names of secrets."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from generator.sources.collection import Collection
from generator.sources.config import read_collection, seconds
from generator.sources.config.hosts import variables
from linkcheck.policy import PACES, HostRule, Policy

FULL = """title: Lists
description: About
license: CC0-1.0
repository: https://github.com/example/lists
topics: [theory, geometry.yaml]
vocabularies: {tags: [a, b]}
check:
  confirm: 5
  pace: brisk
  budget: 1h30m
  concurrency: 20
  timeout: 10s
  fresh_days: 2
  allow_private: [10.0.0.0/8, "fd00::/8"]
  hosts:
    .Example.org:
      headers: {Authorization: "Bearer $EXAMPLE_TOKEN", Accept: text/html}
      method: HEAD
      rate: 0.5
      connections: 1
      accept: [403, 999]
      skip: asks not to be checked
"""


def test_all_settings_are_read():
    collection, policy, problems = read_collection(FULL, "lists/_collection.yaml")
    assert problems == ()
    assert collection == Collection(
        "Lists", "About", "CC0-1.0", "https://github.com/example/lists", ("theory", "geometry"), (("tags", ("a", "b")),)
    )
    assert (policy.confirm, policy.pace, policy.budget, policy.concurrency, policy.fresh_days) == (
        5,
        PACES["brisk"],
        5400.0,
        20,
        2.0,
    )
    assert policy.bounds.link == 10.0
    assert max(policy.bounds.dns, policy.bounds.first_byte) <= 10.0
    assert policy.allow_private == (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))
    plain, secret = (("Accept", "text/html"),), (("Authorization", "Bearer $EXAMPLE_TOKEN"),)
    assert policy.hosts == (
        HostRule(".example.org", plain, "HEAD", 0.5, 1, (403, 999), "asks not to be checked", credentials=secret),
    )
    assert policy.contact == "https://github.com/example/lists"
    assert variables(policy) == ("EXAMPLE_TOKEN",)
    assert collection.places["topics.1"].column == 18


def test_defaults_are_those_of_the_policy():
    assert read_collection("", "x")[:2] == (Collection(), Policy())
    assert read_collection("title: T", "x")[1] == Policy()


def test_a_contact_of_the_collection_replaces_the_default():
    policy = read_collection("repository: https://example.org/r\ncheck: {contact: me@example.org}", "x")[1]
    assert policy.contact == "me@example.org"


@pytest.mark.parametrize("value", ["abcdef", "Bearer abcdef", "Basic YTpi", "$A $B", "x-$TOKEN"])
def test_a_secret_in_the_file_is_an_error_and_is_neither_used_nor_shown(value):
    text = f"check:\n  hosts:\n    example.org:\n      headers: {{Authorization: '{value}'}}\n"
    _, policy, problems = read_collection(text, "x")
    assert [problem.code for problem in problems] == ["secret-in-source"]
    assert policy.hosts[0].headers == ()
    assert value not in problems[0].message


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("90", 90.0), ("90s", 90.0), ("20m", 1200.0), ("1h30m", 5400.0), ("1h 30m 5s", 5405.0), ("1.5h", 5400.0), ("10 min", 600.0), ("0", 0.0),
        ("", None), ("soon", None), ("m", None), ("-5", None), ("5d", None), ("1m1h", None), ("9" * 400, None), (" " * 5000 + "x", None), ("1h" + " " * 5000 + "30m", 5400.0),
    ],
)  # fmt: skip
def test_durations(text, span):
    assert seconds(text) == span


@pytest.mark.parametrize("headers", ["x", "[Accept]", "3"])
def test_headers_that_are_no_mapping_are_a_problem(headers):
    text = f"check:\n  hosts:\n    a.b:\n      headers: {headers}\n      rate: 2\n"
    _, policy, (problem,) = read_collection(text, "x")
    assert (problem.code, problem.place.line, problem.hint) == ("wrong-type", 4, "write headers: {Accept: text/html}")
    assert policy.hosts == (HostRule("a.b", rate=2.0),)


@pytest.mark.parametrize(
    "text",
    [
        "[a]",
        "just text",
        "check: [a]",
        "check: {hosts: x}",
        "check: {hosts: {a.b: [x]}}",
        "topics: {a: b}",
        "\0",
        "check: {allow_private: x}",
    ],
)
def test_bad_values_are_problems_and_the_defaults_apply(text):
    collection, policy, problems = read_collection(text, "x")
    assert problems
    assert (collection.topics, policy.hosts, policy.confirm) in {((), (), 3), ((), (HostRule("a.b"),), 3)}


@pytest.mark.parametrize(
    ("key", "rule"),
    [
        ("example.org", ("example.org", "https", 443)),
        (".example.org", (".example.org", "https", 443)),
        ("example.org:8443", ("example.org", "https", 8443)),
        ("https://example.org:8443", ("example.org", "https", 8443)),
        ("http://example.org", ("example.org", "http", 80)),
        ("HTTP://Example.org:8080", ("example.org", "http", 8080)),
    ],
)
def test_secrets_are_for_one_origin(key, rule):
    text = f"check:\n  hosts:\n    '{key}': {{headers: {{X-Api-Key: $OUR_KEY, Accept: text/html}}}}\n"
    _, policy, problems = read_collection(text, "x")
    (found,) = policy.hosts
    assert problems == ()
    assert (found.host, found.scheme, found.port) == rule
    assert (found.headers, found.credentials) == ((("Accept", "text/html"),), (("X-Api-Key", "$OUR_KEY"),))
    assert "OUR_KEY" not in repr(found)


@pytest.mark.parametrize(
    "key", ["example.org:0", "example.org:99999", "ftp://example.org", "http://example.org/x", "a@b.org", "http://", ":80"]
)
def test_a_key_that_is_no_origin_is_a_problem(key):
    _, policy, problems = read_collection(f"check:\n  hosts:\n    '{key}': {{rate: 1}}\n", "x")
    assert [problem.code for problem in problems] == ["bad-host-name"]
    assert policy.hosts == ()
