"""Spaces that broke: where words fell apart or ran together, and where they begin and end."""
