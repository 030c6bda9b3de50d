"""Alembic's scripts. Run by `storage.migrating`, never by an alembic.ini; every change must work on both databases."""
