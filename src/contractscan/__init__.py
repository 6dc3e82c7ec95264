"""contractscan reviews service contracts before a client leaves an agency."""
