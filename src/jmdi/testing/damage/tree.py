"""Changes of JSON: nodes, keys and the text itself."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Iterator
from typing import Any

from jmdi.testing.damage.hard import DEEP, HARD, HARD_JSON, NUMBERS, TIMES
from jmdi.testing.damage.plain import change_table

__all__ = ["change_json"]

KEY = re.compile(r'"(?:[^"\\]|\\.)*": ')
WHOLE = re.compile(r"(?<![\w.\"])\d+(?![\w.\"])")


def change_json(data: bytes, dice: random.Random) -> bytes:
    """One node of a JSON text, or of one line of it, changed."""
    whole, at, lines = data, 0, data.split(b"\n")
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):  # most likely lines that are JSON each
        at = dice.randrange(len(lines))
        whole = lines[at]
        try:
            tree = json.loads(whole)
        except (ValueError, RecursionError):
            return change_table(data, dice)
        if dice.random() < 0.15:
            lines.insert(
                dice.randrange(len(lines)), lines.pop(at) if dice.random() < 0.5 else whole
            )
            return b"\n".join(lines)
    holder = [tree]
    try:
        _change_node(holder, dice)
        new = _written(holder[0] if holder else "", dice).encode("utf-8", "surrogatepass")
    except RecursionError:  # an earlier change nested it
        return change_table(data, dice)
    if whole is data:
        return new
    lines[at] = new
    return b"\n".join(lines)


def _written(tree: Any, dice: random.Random) -> str:
    """A tree as text; now and then with what no tree can hold, such as one key twice."""
    text = json.dumps(tree, ensure_ascii=dice.random() < 0.5)
    chance = dice.random()
    if chance < 0.1:
        text = WHOLE.sub(lambda _: dice.choice(NUMBERS), text, count=1)
    elif chance < 0.15 and (keys := list(KEY.finditer(text))):
        key, other = dice.choice(keys), dice.choice(keys)
        twice = f"{key[0]}{json.dumps(dice.choice(HARD))}, "
        text = text[: other.start()] + twice + text[other.start() :]
    elif chance < 0.17:
        text = dice.choice(("\ufeff", " ", "\n\n", "\x00", "// x\n", "x = ")) + text
    if "@digits" in text:
        text = text.replace('"@digits"', dice.choice(("9" * 5000, "0." + "3" * 5000, "1e99999999")))
    if "@deep" in text:
        depth = dice.choice(DEEP)
        pair = dice.choice((("[", "]"), ('{"a":', "}")))
        text = text.replace('"@deep"', pair[0] * depth + "1" + pair[1] * depth)
    return text


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every list and object of a tree, with each key that it has."""
    for key in list(node) if isinstance(node, dict) else range(len(node)):
        yield node, key
        if isinstance(node[key], (dict, list)):
            yield from _places(node[key])


def _change_node(holder: list[Any], dice: random.Random) -> None:
    """Changes one place of a tree."""
    places = list(_places(holder))
    node, key = dice.choice(places[:20] if dice.random() < 0.2 else places)
    other, at = dice.choice(places)
    chance = dice.random()
    if chance < 0.1:
        del node[key]
    elif chance < 0.13:
        node[key] = "@deep"
    elif chance < 0.23 and isinstance(node, dict):
        names = (*HARD[:3], *sorted(node), "id", "kind", "extra", f"{key}x", str(at))
        node[dice.choice(names)] = node.pop(key)
    elif chance < 0.32:
        inner = node[key]
        node[key] = dice.choice(([inner, inner], [inner], {"a": inner}, json.dumps(inner)))
    elif chance < 0.42:  # what another place says: the same key, a circle of references
        same = [n[k] for n, k in places if k == key and type(n) is type(node)]
        node[key] = copy.deepcopy(dice.choice(same))
    elif chance < 0.5:
        node[key] = copy.deepcopy(other[at])
    elif chance < 0.56 and isinstance(node, list):
        node[key:key] = [node[key]] * dice.choice(TIMES)
    elif chance < 0.62 and isinstance(other, dict) and isinstance(at, str) and node is not other:
        if isinstance(node, dict):
            node[at] = copy.deepcopy(other[at])
    elif chance < 0.8:
        node[key] = dice.choice(HARD_JSON)
    else:
        node[key] = dice.choice(HARD)
