"""The API keeps to its description: whatever that allows, no answer is a fault, and each is of a shape that is described (schemathesis)."""

from __future__ import annotations

from collections import Counter
from typing import Any

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
EXAMPLES = 12
"""Questions of each address; the same ones in every run."""


def test_no_question_that_is_described_is_a_fault(client: httpx.Client) -> None:
    described = schemathesis.openapi.from_url(f"{client.base_url}/api/v1/openapi.json")
    asked: Counter[str] = Counter()
    for found in described.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]

        @given(case=operation.as_strategy())
        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        def ask(case: schemathesis.Case[Any]) -> None:
            asked[case.operation.label] += 1
            case.call_and_validate(checks=list(CHECKS), timeout=120)

        ask()
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert asked.keys() == {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    assert all(number >= EXAMPLES / 2 for label, number in asked.items() if "parameters" in paths[label.split()[1]].get("get", {})), asked
