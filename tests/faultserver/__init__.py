"""A loopback server with every way we know for a link to go wrong, and the verdict each one deserves."""
