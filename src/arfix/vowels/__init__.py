"""Where vowel marks belong: which letter may carry what, and which letter a mark came from."""
