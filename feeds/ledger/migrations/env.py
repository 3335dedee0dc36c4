"""Alembic's way in: runs on the connection and the transaction that ``migrate`` hands it."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    transactional_ddl=True,
)
context.run_migrations()
