"""What stands in the files? Readers of YAML, of folders, of the navigation, of HTML and of git."""
