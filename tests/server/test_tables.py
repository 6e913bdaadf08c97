"""The tables in code and in the database, and the migrations that make them."""

import asyncio

import asyncpg
import pytest
from piccolo.columns import JSON, JSONB, UUID, Array, BigInt, BigSerial, Boolean, Bytea, Date, Integer, Text, Timestamptz

from server import migrations
from server.tables import TABLES

pytestmark = pytest.mark.anyio

TYPES = {
    Text: "text", UUID: "uuid", Integer: "int4", BigInt: "int8", BigSerial: "int8", Boolean: "bool", Bytea: "bytea", Date: "date",
    Timestamptz: "timestamptz", JSON: "json", JSONB: "jsonb", Array: "_text",
}  # fmt: skip

SCHEMA = """
SELECT table_name, column_name, udt_name, is_nullable, column_default FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT tablename, indexname, indexdef, '', '' FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '' FROM pg_constraint WHERE connamespace = 'public'::regnamespace
ORDER BY 1, 2, 3
"""


async def test_tables_in_code_are_those_of_the_migrations(db: asyncpg.Pool) -> None:
    rows = await db.fetch("SELECT table_name, column_name, udt_name, is_nullable FROM information_schema.columns WHERE table_schema = 'public'")
    made = {
        (row["table_name"], row["column_name"], row["udt_name"], row["is_nullable"] == "YES") for row in rows if not row["table_name"].startswith("pgqueuer")
    }
    told = {(table._meta.tablename, column._meta.name, TYPES[type(column)], column._meta.null) for table in TABLES for column in table._meta.columns}
    assert told == made - {("migration", "name", "text", False), ("migration", "at", "timestamptz", False)}


async def test_an_upgraded_database_ends_like_a_fresh_one(empty_database: str, db: asyncpg.Pool) -> None:
    connection = await asyncpg.connect(empty_database)
    try:
        names = [file.stem for file in migrations.files()]
        for name in names:
            assert await migrations.migrate(connection, upto=name) == [name]
        assert await connection.fetch(SCHEMA) == await db.fetch(SCHEMA)
    finally:
        await connection.close()


async def test_processes_that_migrate_at_once_do_it_once(empty_database: str) -> None:
    connections = [await asyncpg.connect(empty_database) for _ in range(3)]
    try:
        done = await asyncio.gather(*(migrations.migrate(connection) for connection in connections))
    finally:
        for connection in connections:
            await connection.close()
    assert sorted(map(len, done)) == [0, 0, len(migrations.files())]


async def test_a_migration_that_fails_leaves_nothing_of_itself(empty_database: str, tmp_path, monkeypatch) -> None:
    (tmp_path / "0001_half.sql").write_text("CREATE TABLE half (n int); SELECT 1/0;")
    monkeypatch.setattr(migrations, "FOLDER", tmp_path)
    connection = await asyncpg.connect(empty_database)
    try:
        with pytest.raises(asyncpg.DivisionByZeroError):
            await migrations.migrate(connection)
        assert await connection.fetchval("SELECT to_regclass('half')") is None
        (tmp_path / "0001_half.sql").write_text("CREATE TABLE half (n int)")
        assert await migrations.migrate(connection) == ["0001_half"]
    finally:
        await connection.close()
