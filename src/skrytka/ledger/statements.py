"""Statements written once: the ORM makes their SQL at the first run, later runs fill it in.

Most of what a query costs is turning a QuerySet into SQL anew each time. On the way of a letter the
same few questions are asked for every letter, so they stand at the head of their module with a
`Slot` for each value, and are run with values. What comes back is what the QuerySet would have
given. Everywhere else a plain QuerySet is the better choice. Why: docs/adr/0007.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, Generic, TypeAlias, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import AutoField, Expression, Field, Model, QuerySet
from django.db.models.sql import Query, UpdateQuery
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
AnyField: TypeAlias = "Field[Any, Any]"


class Slot(Expression):
    """The place of one value in a prepared statement; each run puts it in the column's form."""

    def __init__(self, name: str, field: AnyField) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(  # type: ignore[override]  # the parameter is this slot until the run
        self,
        compiler: SQLCompiler,  # noqa: ARG002 - Django calls it so
        connection: BaseDatabaseWrapper,  # noqa: ARG002 - the same
    ) -> tuple[str, list[Any]]:
        return "%s", [self]

    def filled(self, values: dict[str, object], database: BaseDatabaseWrapper) -> object:
        return self.output_field.get_db_prep_value(values[self.name], database)


def slot(name: str, model: type[Model], column: str = "") -> Slot:
    """This will make a place for a value of `model`'s field `column`, or of the field `name`."""
    field: Any = model._meta.get_field(column or name)  # noqa: SLF001 - Django's documented model API
    return Slot(name, getattr(field, "target_field", field))


def slots(model: type[Model], *names: str) -> dict[str, object]:
    """This will make a place for a value of each of these fields, as an update asks for them."""
    return {name: slot(name, model) for name in names}


class Prepared(Generic[Row]):
    """One question, asked often: `question` builds the QuerySet, with slots, when first run."""

    def __init__(self, question: Callable[[], QuerySet[Any, Row]]) -> None:
        self._question = question
        self._ready: _ReadyQuestion | None = None

    def all(self, **values: object) -> list[Row]:
        """This will run the question and return every row."""
        if self._ready is None:
            self._ready = _ReadyQuestion(self._question())
        return self._ready.rows(values)

    def get(self, **values: object) -> Row:
        """This will return the row that must be there. Raises LookupError."""
        row = self.first(**values)
        if row is None:
            raise LookupError(f"no row for {values}")
        return row

    def first(self, **values: object) -> Row | None:
        """This will return the first row; a question for one row bounds itself by `[:1]` or key."""
        rows = self.all(**values)
        return rows[0] if rows else None


class PreparedUpdate:
    """One conditional update, made often: `rows` and the new values in `fields` hold slots."""

    def __init__(
        self, rows: Callable[[], QuerySet[Any, Any]], fields: Callable[[], dict[str, object]]
    ) -> None:
        self._rows, self._fields = rows, fields
        self._ready: _Statement | None = None

    def run(self, **values: object) -> int:
        """This will update what the condition meets and return how many rows that were."""
        if self._ready is None:
            query: UpdateQuery = self._rows().query.chain(UpdateQuery)  # type: ignore[assignment]
            query.add_update_values(self._fields())
            self._ready = _Statement(query)
        with self._ready.executed(values) as cursor:
            return int(cursor.rowcount)


class _Statement:
    """The SQL of a query and its parameters, some of them slots."""

    def __init__(self, query: Query) -> None:
        self.compiler = query.get_compiler(connection=_of_no_thread())
        self.sql, self.parameters = self.compiler.as_sql()

    def executed(self, values: dict[str, object]) -> CursorWrapper:
        """This will run the statement with values on this thread's own connection."""
        database = connections[DEFAULT_DB_ALIAS]
        parameters: list[Any] = [
            parameter.filled(values, database) if isinstance(parameter, Slot) else parameter
            for parameter in self.parameters
        ]
        cursor = database.cursor()
        cursor.execute(self.sql, parameters)
        return cursor


class _ReadyQuestion:
    """A compiled question; Django's own iterables make its rows into what the QuerySet promised."""

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        self._iterable: Any = queryset._iterable_class  # noqa: SLF001 - how QuerySet itself does it
        self._statement = _Statement(queryset.query)
        compiler = self._statement.compiler
        self._converters = compiler.get_converters(
            [column for column, *_ in compiler.select[: compiler.col_count]]
        )

    def rows(self, values: dict[str, object]) -> list[Any]:
        with self._statement.executed(values) as cursor:
            fetched = cursor.fetchall()
        return list(self._iterable(_Answered(self._statement.compiler, self._converted(fetched))))

    def _converted(self, rows: list[tuple[object, ...]]) -> Iterable[Sequence[object]]:
        if not self._converters:
            return rows
        converted: Iterable[Sequence[object]] = self._statement.compiler.apply_converters(
            rows, self._converters
        )
        return converted


class _Answered:
    """Rows that are there already, in the place of a QuerySet, its query and its compiler.

    An iterable of Django's asks the first for the second, that for the third, and that to run.
    """

    db = DEFAULT_DB_ALIAS

    def __init__(self, compiler: SQLCompiler, rows: Iterable[Sequence[object]]) -> None:
        self._rows = rows
        self._known_related_objects: dict[object, object] = {}
        self.select = compiler.select
        self.klass_info = compiler.klass_info
        self.annotation_col_map = compiler.annotation_col_map

    @property
    def query(self) -> "_Answered":
        return self

    def get_compiler(self, *_arguments: object, **_options: object) -> "_Answered":
        return self

    def execute_sql(self, **_options: object) -> Iterable[Sequence[object]]:
        return self._rows

    def results_iter(
        self, *_results: object, tuple_expected: bool = False, **_options: object
    ) -> Iterable[Sequence[object]]:
        return map(tuple, self._rows) if tuple_expected else self._rows


def append(row: Model) -> None:
    """This will write one new row without reading back the number the database gives it."""
    _insert([row], "")


def append_once(row: Model) -> None:
    """This will write one new row, or none where a unique value of it stands already."""
    _insert([row], " ON CONFLICT DO NOTHING")


def append_all(rows: Sequence[Model]) -> None:
    """This will write new rows of one model by one statement."""
    if rows:
        _insert(rows, "")


def _insert(rows: Sequence[Model], ending: str) -> None:
    database = connections[DEFAULT_DB_ALIAS]
    head, places, fields = _insertion(type(rows[0]))
    values = [
        field.get_db_prep_save(field.pre_save(row, add=True), database)
        for row in rows
        for field in fields
    ]
    with database.cursor() as cursor:
        cursor.execute(f"{head} {', '.join([places] * len(rows))}{ending}", values)
    for row in rows:
        row._state.adding = False  # noqa: SLF001 - Django's documented attribute


@cache
def _insertion(model: type[Model]) -> tuple[str, str, tuple[AnyField, ...]]:
    """This will return the head of the INSERT, the places of one row, and the fields in order."""
    meta, quote = model._meta, _of_no_thread().ops.quote_name  # noqa: SLF001 - documented model API
    fields = tuple(
        field for field in meta.local_concrete_fields if not isinstance(field, AutoField)
    )
    columns = ", ".join(quote(str(field.column)) for field in fields)
    head = f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES"
    return head, f"({', '.join(['%s'] * len(fields))})", fields


@cache
def _of_no_thread() -> BaseDatabaseWrapper:
    """A connection for writing SQL only: a thread's own would be kept alive by what it wrote."""
    return connections.create_connection(DEFAULT_DB_ALIAS)
