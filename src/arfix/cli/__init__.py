"""The command `arfix`. Nothing heavy is imported before a command needs it."""
