"""`python -m tests.web`: the simulated web as a process of its own, for benches and the demonstration.

It prints one line of JSON with all that a checker and a bench must know, then obeys lines on stdin, each answered by a line of JSON:
`night N`, `stats`, `clear`, `dns MODE` (silent, servfail, refused, normal) and `quit`. It ends when stdin does.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from tests.web.collection import collection
from tests.web.mixes import no_network
from tests.web.realistic import Plan, good, realistic
from tests.web.world import World


def main(arguments: list[str] | None = None) -> int:
    """Serve until told otherwise."""
    parser = argparse.ArgumentParser(prog="python -m tests.web", description=__doc__)
    parser.add_argument("--scale", type=float, default=0.2, help="how long a simulated second takes, in seconds")
    parser.add_argument("--only", nargs="*", help="cases, behaviours or groups (default: all but the mixes)")
    parser.add_argument("--realistic", type=int, metavar="LINKS", help="add the web of the bench")
    parser.add_argument("--good", type=int, metavar="LINKS", help="add nothing but good pages")
    parser.add_argument("--hosts", type=int, default=700)
    parser.add_argument("--share", type=float, default=0.4)
    parser.add_argument("--seed", type=int, default=20261121)
    parser.add_argument("--dns-delay", type=float, default=0.0, help="simulated seconds for each name")
    parser.add_argument("--collection", type=Path, metavar="FILE", help="write the links as a topic file")
    given = parser.parse_args(arguments)
    extra = []
    if given.realistic:
        extra.append(realistic(given.realistic, given.hosts, given.share, given.seed))
    if given.good:
        extra.append(good(given.good, given.hosts))
    only = given.only if given.only is not None or not extra else []
    with World(given.scale, only, extra=extra, dns_delay=given.dns_delay) as world:
        if given.collection:
            given.collection.write_text(collection(world), encoding="utf-8")
        _say(description(world))
        for line in sys.stdin:
            command, _, argument = line.strip().partition(" ")
            if command == "quit":
                break
            _say(obey(world, command, argument))
    return 0


def description(world: World) -> dict[str, object]:
    """Everything about a web that another process needs, as JSON values."""
    plan = world.data.get("plan")
    return {
        "scale": world.scale,
        "ports": world.ports,
        "resolver": world.resolver_address,
        "ca_pem": world.ssl_ca_pem,
        "ca_path": str(world.ssl_ca_path),
        "allow": [str(network) for network in world.allow],
        "endpoints": world.endpoints,
        "rules": [asdict(rule) for rule in world.rules],
        "now": world.now.isoformat(),
        "plan": asdict(plan) if isinstance(plan, Plan) else None,
        "links": [
            {
                "url": link.url,
                "title": link.work.title if link.work else None,
                "entry": link.place.entry,
                "variant": world.expected[link.url].variant,
                "nights": [sorted(night) for night in world.expected[link.url].nights],
            }
            for link in world.links
        ],
    }


def obey(world: World, command: str, argument: str) -> dict[str, object]:
    """Carry out one command; what isn't understood is answered with {"error": ...}."""
    if command == "night" and argument.isdecimal():
        world.night = int(argument)
        return {"night": world.night, "now": world.now.isoformat()}
    if command == "clear":
        world.clear_log()
        return {"cleared": True}
    if command == "dns":
        no_network(world, "" if argument == "normal" else argument)
        return {"dns": argument}
    if command == "stats":
        return stats(world)
    return {"error": f"not understood: {command}"}


def stats(world: World) -> dict[str, object]:
    """What was asked so far. Rates are a simulated second's, connections those open at once."""
    log = world.log
    tally = log.tally()
    busiest = sorted(tally, key=lambda host: tally[host][0], reverse=True)[:20]
    return {
        "requests": len(log.requests),
        "connections": len(log.connections),
        "names": len({query.name for query in world.queries}),
        "refused": sum(log.answered(429).values()),
        "peak": max((peak for _, peak in tally.values()), default=0.0),
        "busiest": {
            host: {"requests": tally[host][0], "peak": tally[host][1], "connections": log.peak_connections(host)}
            for host in busiest
        },
        "forbidden": len(log.forbidden_connections()),
        "leaks": len(log.leaks()),
        "bytes": sum(each.sent for each in log.connections),
    }


def _say(value: dict[str, object]) -> None:
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    sys.exit(main())
