"""Deadlines are seen by the same clerk, at the same hour, of the same letter."""

from tests.desk.sent.conftest import hands, letter

__all__ = ["hands", "letter"]
