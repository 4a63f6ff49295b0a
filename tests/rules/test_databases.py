"""The tests' own databases: migrated, apart from each other, and used as production uses them."""

from pathlib import Path

import sqlalchemy as sa

from tests import databases


def test_each_test_has_a_migrated_database_of_its_own(database_url: str) -> None:
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM alembic_version")).scalar_one() == 1
        assert connection.execute(sa.text("SELECT count(*) FROM salon")).scalar_one() == 0
    engine.dispose()


def test_two_databases_do_not_see_each_other(database_url: str, tmp_path: Path) -> None:
    other_folder = tmp_path / "other"
    other_folder.mkdir()
    kind = database_url.partition(":")[0].partition("+")[0]
    with databases.migrated(kind, other_folder) as other_url:
        one, other = sa.create_engine(database_url), sa.create_engine(other_url)
        with one.begin() as connection:
            connection.execute(sa.text("CREATE TABLE mark (id integer)"))
        assert not sa.inspect(other).has_table("mark")
        one.dispose()
        other.dispose()


def test_the_app_is_no_superuser(database_url: str) -> None:
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            may_all = sa.text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
            assert connection.execute(may_all).scalar_one() is False
    engine.dispose()
