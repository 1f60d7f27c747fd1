"""Lists that others wrote: what they hold, and what was not understood."""
