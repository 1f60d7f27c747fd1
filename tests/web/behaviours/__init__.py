"""What servers do, one module for each kind; all are found by themselves."""
