"""The network: one HTTP hop, the guard, headers, cookies, errors."""
