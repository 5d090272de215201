"""Builds the files of ``arfix/data`` from corpora; never shipped with the package."""
