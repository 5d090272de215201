"""Reads text some of whose characters stand for others: per-document substitution ciphers."""
