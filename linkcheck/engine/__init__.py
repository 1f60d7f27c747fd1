"""One run: queue every link, ask it politely, follow redirects, ask again, conclude."""
