"""What does a page say? Markdown with markers and inserts in, plain Markdown out."""
