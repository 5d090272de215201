"""Ligatures whose letters came out in drawn order: which a font has, and what words they hit."""
