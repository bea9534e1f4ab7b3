"""Lists of answers that can be had as a table, for those who work with data frames. Arrow and pandas are imported only when asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import inspect

from dragoman.errors import DragomanError

if TYPE_CHECKING:
    import pandas
    import pyarrow

T = TypeVar("T", bound=msgspec.Struct)


class Rows(list[T]):
    """A list of structs of one type. Made of none it still knows its columns."""

    def __init__(self, struct: type[T], rows: Iterable[T] = ()) -> None:
        super().__init__(rows)
        self.struct = struct

    def to_arrow(self) -> pyarrow.Table:
        """The rows as an Arrow table: a column for each field; lists and structs inside stay lists and structs.

        Raises DragomanError when pyarrow is not installed.
        """
        try:
            import pyarrow
        except ImportError as error:
            raise _missing("pyarrow") from error
        schema = pyarrow.schema([(name, _arrow(shape, pyarrow)) for name, shape in _fields(inspect.type_info(self.struct))])
        return pyarrow.Table.from_pylist([msgspec.to_builtins(row) for row in self], schema=schema)

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a data frame, with the columns of `to_arrow`. Raises DragomanError when pandas or pyarrow is not installed."""
        try:
            import pandas  # noqa: F401
        except ImportError as error:
            raise _missing("pandas") from error
        return self.to_arrow().to_pandas()


def _missing(package: str) -> DragomanError:
    return DragomanError(f"{package} is not installed.", "", "pip install 'dragoman[frames]' installs it.")


def _fields(shape: Any) -> list[tuple[str, Any]]:
    return [(field.encode_name, field.type) for field in shape.fields]


def _arrow(shape: Any, pyarrow: Any) -> Any:
    """The Arrow type of what msgspec says of a type."""
    if isinstance(shape, inspect.StructType):
        return pyarrow.struct([(name, _arrow(inner, pyarrow)) for name, inner in _fields(shape)])
    if isinstance(shape, inspect.VarTupleType | inspect.ListType):
        return pyarrow.list_(_arrow(shape.item_type, pyarrow))
    if isinstance(shape, inspect.DictType):
        return pyarrow.map_(_arrow(shape.key_type, pyarrow), _arrow(shape.value_type, pyarrow))
    if isinstance(shape, inspect.UnionType):
        return next(_arrow(inner, pyarrow) for inner in shape.types if not isinstance(inner, inspect.NoneType))
    if isinstance(shape, inspect.LiteralType):
        return pyarrow.string()
    plain = ((inspect.BoolType, pyarrow.bool_), (inspect.IntType, pyarrow.int64), (inspect.FloatType, pyarrow.float64))
    return next((make() for kind, make in plain if isinstance(shape, kind)), pyarrow.string())
