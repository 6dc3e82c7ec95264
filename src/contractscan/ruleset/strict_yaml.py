"""YAML with nothing silent: duplicate keys are refused, and every value knows its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Location = tuple[str | int, ...]


class StrictYamlError(ValueError):
    """A file that is not YAML, or has a key twice. `line` is 1-based."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


def load_yaml(text: str) -> tuple[Any, dict[Location, int]]:
    """Return the data and, for each location (keys and indices from the root), its 1-based line."""
    lines: dict[Location, int] = {}
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        data = _construct(loader, node, (), lines) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise StrictYamlError(line, f"not valid YAML: {error.problem or error.context}") from error
    except (yaml.YAMLError, ValueError) as error:
        if isinstance(error, StrictYamlError):
            raise
        raise StrictYamlError(1, f"not valid YAML: {error}") from error
    finally:
        loader.dispose()
    return data, lines


def line_of(lines: Mapping[Location, int], location: Sequence[str | int]) -> int:
    """The line of `location`, or of what holds it when it is not in the file."""
    for length in range(len(location), -1, -1):
        line = lines.get(tuple(location[:length]))
        if line:
            return line
    return 1


def _construct(loader: Any, node: Any, location: Location, lines: dict[Location, int]) -> Any:
    lines[location] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = loader.construct_object(key_node)
            if isinstance(key, bool) or not isinstance(key, str | int):  # off and on are truth values
                word = key_node.value if isinstance(key_node, yaml.ScalarNode) else key
                raise StrictYamlError(key_node.start_mark.line + 1, f"key {word!r} is not text: put it in quotes")
            if key in result:
                raise StrictYamlError(key_node.start_mark.line + 1, f"key {key!r} stands twice")
            result[key] = _construct(loader, value_node, (*location, key), lines)
            lines[(*location, key)] = key_node.start_mark.line + 1
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_construct(loader, child, (*location, i), lines) for i, child in enumerate(node.value)]
    return loader.construct_object(node)
