"""The pieces of the measuring bench: corpora, damage, scoring, suites, floors."""
