"""Lists in, reading lists out; also the composition root: the command `listkeeper` lives here."""

VERSION = "0.1.0"
