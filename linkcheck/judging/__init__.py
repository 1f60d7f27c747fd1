"""From observations to verdicts. Pure."""
