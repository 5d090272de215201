"""Which words there are, how common they are, and how they are vocalised."""
