"""The external-link checker: a program in its own right. It imports nothing from mkdocs nor from the guide."""
