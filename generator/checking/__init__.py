"""What a check reads and selects, its progress, and what earlier checks saw."""
