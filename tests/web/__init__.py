"""A scripted web on loopback, with the verdicts that a trustworthy checker gives."""
