"""One file for each service, with its `Adapter`; its row in `linkcheck.services` has the same name. None imports another."""
