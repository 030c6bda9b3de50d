"""Alembic runs this for every command; the connection, already in a transaction, comes from `storage.migrating`."""

from alembic import context

from storage import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.Report.metadata,
    render_as_batch=True,  # SQLite can change a table only by rebuilding it
    transactional_ddl=True,  # ours are real transactions on SQLite too
    user_module_prefix="sqlmodel.",
)

with context.begin_transaction():
    context.run_migrations()
