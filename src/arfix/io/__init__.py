"""Bytes to text and back: encodings, and files that are replaced whole or not at all."""
