"""The guide's core: data and Markdown in, plain Markdown pages and files out. Never imports MkDocs."""
