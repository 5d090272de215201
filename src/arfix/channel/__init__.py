"""The damage of one document: its model, what is known beforehand, its inference."""
