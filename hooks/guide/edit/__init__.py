"""Questions in French and the smallest possible change of a data file, for people who do not write YAML."""
