"""From a record, what an item of a list says, to an entry of the catalogue: title, page, links, authors, year, venue, description."""
