"""What stands between words: how brackets, quotation marks and their spaces belong together."""
