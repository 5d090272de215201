"""Make real damage: typeset a text into a PDF, take it out again with a real extractor."""
