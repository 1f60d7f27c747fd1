"""Links, with what we know of the work behind them, in; verdicts out.

This package reads no configuration, no environment and no list, and writes to no terminal: whoever calls it passes in what it
needs (see DESIGN in the README's "Where do I change ...?").
"""

LISTKEEPER = "0.1.0"
"""Marks this package as Listkeeper's own: another tool installs a package of the same name and overwrites this file only."""
