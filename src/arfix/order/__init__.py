"""The order of a line's characters: what may have been done to it, and which reading is right."""
