"""A look-up by many keys at once that is one parameter, however many keys there are.

Django writes a place for each key of `id__in`; with five hundred of them that costs more than the
question. `id__among` gives the database one list.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import ForeignObject, Lookup, UUIDField
from django.db.models.sql.compiler import SQLCompiler

Written = tuple[str, list[Any]]


@ForeignObject.register_lookup
@UUIDField.register_lookup
class Among(Lookup):
    """`column = ANY(list)` on PostgreSQL; on SQLite the elements of a JSON list."""

    lookup_name = "among"
    prepare_rhs = False

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Written:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*parameters, list(self._keys())]

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Written:
        column, parameters = self.process_lhs(compiler, connection)
        keys = json.dumps([key.hex for key in self._keys()])
        chosen = "(SELECT value FROM json_each(%s))"
        return f"{column} IN {chosen}", [*parameters, keys]

    def _keys(self) -> Iterable[Any]:
        keys: Iterable[Any] = self.rhs
        return keys
