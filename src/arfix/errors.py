"""Every error that arfix raises on purpose; each says what to do about it."""

from __future__ import annotations


class ArfixError(Exception):
    """The base class: ``except ArfixError`` catches all that arfix raises on purpose."""


class ConfigError(ArfixError, ValueError, TypeError):
    """An option that does not exist, or a value that an option cannot take."""


class TextTypeError(ArfixError, TypeError):
    """Something other than ``str`` where text is needed."""


class DecodeError(ArfixError, UnicodeError):
    """Bytes of a file or stream that are not text in the encoding asked for."""


class DataError(ArfixError, RuntimeError):
    """A model or table that is missing, cut short or of another version."""


class EditError(ArfixError, ValueError):
    """Edits that overlap, are out of order, or do not belong to this text."""
