"""Reading YAML sources: the tree with places, the catalogue, settings, files and git."""
