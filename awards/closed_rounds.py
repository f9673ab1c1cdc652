"""The database itself refuses to change a round of the committee that is closed, or to let a member vote twice.

A later migration that remakes one of these tables on SQLite drops its triggers: put `drop` and `create` around it.
"""

BALLOT, COUNT, VOTER, VOTE = "awards_ballot", "awards_ballotcount", "awards_voter", "awards_vote"
FIXED = (
    "round", "meeting_id", "track_id", "contest_id", "way", "is_secret", "cap", "present", "issued", "returned",
    "valid", "invalid", "invalid_why", "closed_at",
)  # fmt: skip


def changed(columns, differ):
    return " OR ".join(f"{differ.format(old=f'OLD.{one}', new=f'NEW.{one}')}" for one in columns)


def rules(vendor):
    """(name, verb, table, when)"""
    differ = "{old} IS DISTINCT FROM {new}" if vendor == "postgresql" else "{old} IS NOT {new}"
    of_web = "OLD.meeting_id IS NOT NULL AND OLD.state <> 'open'"
    yield (
        "ballot_no_update",
        "UPDATE",
        BALLOT,
        (
            f"{of_web} AND ({changed(FIXED, differ)} OR (NEW.state <> OLD.state AND NEW.state <> 'void') OR "
            f"(OLD.state = 'void' AND ({changed(('state', 'void_reason', 'voided_at'), differ)})))"
        ),
    )
    yield "ballot_no_delete", "DELETE", BALLOT, of_web
    closed = (
        "EXISTS (SELECT 1 FROM awards_ballot WHERE id = {row}.ballot_id AND state <> 'open' AND meeting_id IS NOT NULL)"
    )
    for table in (COUNT, VOTER, VOTE):
        for verb in ("INSERT", "UPDATE", "DELETE"):
            row = "NEW" if verb == "INSERT" else "OLD"
            yield f"{table}_closed_{verb.lower()}", verb, table, closed.format(row=row)
    has_voted = "OLD.has_voted" if vendor == "postgresql" else "OLD.has_voted = 1"
    yield "voter_votes_once", "UPDATE", VOTER, has_voted


def create(apps, editor):
    vendor = editor.connection.vendor
    if vendor == "postgresql":
        editor.execute(
            "CREATE OR REPLACE FUNCTION refuse_closed_round() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"{' '.join(branches())} IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
        )
        for name, verb, table, _ in rules(vendor):
            editor.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_closed_round()"
            )
        return
    for name, verb, table, when in rules(vendor):
        editor.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, 'closed round: {name}'); END"
        )


def branches():
    """PostgreSQL knows no subquery in WHEN: each rule is a branch of one function, found by the trigger's name."""
    for name, _verb, _table, when in rules("postgresql"):
        yield (
            f"IF TG_NAME = '{name}' THEN IF {when} THEN RAISE EXCEPTION 'closed round: {name}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; END IF;"
        )


def drop(apps, editor):
    vendor = editor.connection.vendor
    for name, _verb, table, _when in rules(vendor):
        on = f" ON {table}" if vendor == "postgresql" else ""
        editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
