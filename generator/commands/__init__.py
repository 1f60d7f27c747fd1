"""One file for each command: what it does, without click. No command imports another."""
