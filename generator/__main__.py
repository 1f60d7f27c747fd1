"""`python -m generator` is the command, too."""

from generator.cli import main

main()
