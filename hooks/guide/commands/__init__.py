"""The commands of scripts/guide, one subject a module; each takes its arguments and the project's folder."""
