"""The options of commands that may ask a language model. Nothing is asked unless a model is named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.output import write_note
from dragoman.errors import QueryError

if TYPE_CHECKING:
    from dragoman.coding.second import ModelCoder
    from dragoman.prompting import LanguageModel

CODERS = ("rules", "model", "both")

CoderOption = Annotated[str, typer.Option("--coder", metavar="CODER", help="rules, model, or both: the model where the rules are unsure.")]
ModelOption = Annotated[str, typer.Option("--model", metavar="NAME", help="A language model, as its server calls it.", show_default=False)]
EndpointOption = Annotated[
    str,
    typer.Option("--endpoint", metavar="URL", help="Its server: http://127.0.0.1:8080/v1. A key: DRAGOMAN_MODEL_KEY.", show_default=False),
]
PriceOption = Annotated[str, typer.Option("--price", metavar="IN,OUT", help="Of a million tokens sent and received.", show_default=False)]
RequestsOption = Annotated[int | None, typer.Option("--max-requests", metavar="N", min=0, help="Send no more requests in this run.")]
TokensOption = Annotated[int | None, typer.Option("--max-tokens", metavar="N", min=0, help="Use no more tokens in this run.")]
CostOption = Annotated[float | None, typer.Option("--max-cost", metavar="X", min=0, help="Cost no more in this run; needs --price.")]
AtOnceOption = Annotated[int, typer.Option("--at-once", metavar="N", min=1, max=64, help="Requests on their way at a time.")]
TrustOption = Annotated[
    float | None, typer.Option("--trust", metavar="P", help="How often the model is right, as measured: its confidence.")
]
AnswersOption = Annotated[
    Path | None, typer.Option("--answers", metavar="FILE", help="Keeps its answers; beside the record by default.", show_default=False)
]
EstimateOption = Annotated[bool, typer.Option("--estimate", help="Only say what it would cost.")]
DryOption = Annotated[bool, typer.Option("--dry-run", help="Only show the text that would go out.")]


def open_model(name: str, endpoint: str, record: Path, answers: Path | None = None, **further: Any) -> LanguageModel:
    """The model that the options name. Raises QueryError when they name none."""
    from dragoman.prompting import open_model as connect

    if not name or not endpoint:
        missing = "--endpoint" if name else "--model"
        raise QueryError(f"A language model needs {missing}.", "", "Give --model NAME and --endpoint URL.")
    return connect(name, endpoint, answers or record.with_name(record.name + ".answers"), progress=write_note, **further)


def read_limits(price: str, requests: int | None, tokens: int | None, cost: float | None) -> dict[str, Any]:
    """Limits and prices, as `open_model` takes them."""
    from dragoman.prompting.meter import Limits, read_prices

    return {"prices": read_prices(price) if price else None, "limits": Limits(requests, tokens, cost)}


def make_coder(kind: str, model: LanguageModel, trust: float | None) -> ModelCoder:
    """The coder of that name that asks the model."""
    from dragoman.coding.second import TRUST, BothCoder, ModelCoder

    return (BothCoder if kind == "both" else ModelCoder)(model, TRUST if trust is None else trust)


def check_coder(kind: str, given: dict[str, Any]) -> None:
    """Raise QueryError for a coder that there is not, or for options of a model beside the rules."""
    if kind not in CODERS:
        raise QueryError(f"There is no coder {kind!r}.", "--coder", f"There is {', '.join(CODERS)}.")
    if kind == "rules" and (told := [option for option, value in given.items() if value]):
        raise QueryError(f"The rules ask no model: {told[0]} has no meaning for them.", "", "Add --coder model or --coder both.")
