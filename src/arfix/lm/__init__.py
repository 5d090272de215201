"""What may follow what: words, word classes and letters."""
