"""The knowledge base of the audit's tests."""

from tests.audit.conftest import conn, found

__all__ = ["conn", "found"]
