"""One file a command: what it does, without click. No command imports another."""
