"""As much of JSON Schema (draft 7) as the plan's schema uses; a keyword beyond that is an error of this test."""

from __future__ import annotations

import re
from typing import Any, Callable

TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "null": (type(None),),
    "integer": (int,),
    "number": (int, float),
}


def problems(schema: dict[str, Any], value: Any, place: str = "") -> list[str]:
    """Why the value does not fit, one sentence each; empty when it does."""
    found: list[str] = []
    for keyword in schema:
        if keyword in ("$schema", "format"):
            continue
        found += JUDGES[keyword](schema, value, place)
    return found


def _type(schema: dict[str, Any], value: Any, place: str) -> list[str]:
    wanted = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return [] if any(_is(name, value) for name in wanted) else [f"{place} is no {' or '.join(wanted)}"]


def _is(name: str, value: Any) -> bool:
    """JSON's true and false are no numbers, though Python's are."""
    return isinstance(value, TYPES[name]) and not (name in ("integer", "number") and isinstance(value, bool))


def _properties(schema: dict[str, Any], value: Any, place: str) -> list[str]:
    if not isinstance(value, dict):
        return []
    known = schema["properties"]
    return [
        why for key in value if key in known for why in problems(known[key], value[key], f"{place}.{key}")
    ]


def _required(schema: dict[str, Any], value: Any, place: str) -> list[str]:
    missing = [key for key in schema["required"] if isinstance(value, dict) and key not in value]
    return [f"{place} has no {key}" for key in missing]


def _additional(schema: dict[str, Any], value: Any, place: str) -> list[str]:
    more = (
        [key for key in value if key not in schema.get("properties", {})] if isinstance(value, dict) else []
    )
    rule = schema["additionalProperties"]
    if rule is False:
        return [f"{place} has an unknown {key}" for key in more]
    return [why for key in more for why in problems(rule, value[key], f"{place}.{key}")]


def _names(schema: dict[str, Any], value: Any, place: str) -> list[str]:
    names = list(value) if isinstance(value, dict) else []
    return [why for name in names for why in problems(schema["propertyNames"], name, f"{place}.{name}")]


def _items(schema: dict[str, Any], value: Any, place: str) -> list[str]:
    rows = value if isinstance(value, list) else []
    return [why for at, row in enumerate(rows) for why in problems(schema["items"], row, f"{place}[{at}]")]


def _one_of(schema: dict[str, Any], value: Any, place: str) -> list[str]:
    """Of kinds that a constant tells apart, the problems are those of the value's own kind."""
    answers = [problems(kind, value, place) for kind in schema["oneOf"]]
    if any(not answer for answer in answers):
        return []
    return min(answers, key=len)


def _any_of(schema: dict[str, Any], value: Any, place: str) -> list[str]:
    return [] if any(not problems(kind, value) for kind in schema["anyOf"]) else [f"{place} fits nothing"]


def _simple(
    keyword: str, fits: Callable[[Any, Any], bool]
) -> Callable[[dict[str, Any], Any, str], list[str]]:
    def judge(schema: dict[str, Any], value: Any, place: str) -> list[str]:
        try:
            return [] if fits(schema[keyword], value) else [f"{place} breaks {keyword} {schema[keyword]!r}"]
        except TypeError:
            return []

    return judge


JUDGES: dict[str, Callable[[dict[str, Any], Any, str], list[str]]] = {
    "type": _type,
    "properties": _properties,
    "required": _required,
    "additionalProperties": _additional,
    "propertyNames": _names,
    "items": _items,
    "oneOf": _one_of,
    "anyOf": _any_of,
    "const": _simple("const", lambda wanted, value: bool(value == wanted)),
    "enum": _simple("enum", lambda wanted, value: value in wanted),
    "pattern": _simple("pattern", lambda wanted, value: re.search(wanted, value) is not None),
    "minItems": _simple("minItems", lambda wanted, value: len(value) >= wanted),
    "minLength": _simple("minLength", lambda wanted, value: len(value) >= wanted),
    "minimum": _simple("minimum", lambda wanted, value: bool(value >= wanted)),
    "maximum": _simple("maximum", lambda wanted, value: bool(value <= wanted)),
}
