"""The database itself refuses to change or delete what the log says and who looked."""

TABLES = ("competition_event", "competition_accessrecord")


def create(apps, editor):
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            editor.execute(STATEMENTS[editor.connection.vendor].format(table=table, verb=verb, name=name(table, verb)))


def drop(apps, editor):
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
            editor.execute(f"DROP TRIGGER IF EXISTS {name(table, verb)}{on}")


def name(table, verb):
    return f"{table}_no_{verb.lower()}"


def create_function(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'append-only: %% of %%', TG_OP, TG_TABLE_NAME; END $$"
        )


def drop_function(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION IF EXISTS refuse_change()")


STATEMENTS = {
    "sqlite": (
        "CREATE TRIGGER {name} BEFORE {verb} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'append-only: {verb} of {table}'); END"
    ),
    "postgresql": "CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()",
}
