"""Typed, immutable models of the data files, one subject a module."""
