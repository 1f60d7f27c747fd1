"""Turn the YAML sources of curated lists into reading lists; contains the command `listkeeper`."""

VERSION = "0.1.0"
