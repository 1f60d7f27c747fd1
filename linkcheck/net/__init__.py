"""The network: one HTTP hop, which addresses may be connected to, DNS, proxies, headers, cookies, errors."""
