"""Which style each element of a mail has, from its sheets and its own attributes.

The usual cascade, for the properties that can hide a text.  Sheets that hold only where
the screen is narrow or dark are left out; those that hold nearly everywhere are not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import tinycss2
from justhtml import SelectorError, query

Style = dict[str, str]
"""Property to value, both in lower case."""

MOST_RULES = 1_000
MOST_MATCHES = 2_000_000
"""Rules times elements: above, the sheets are not applied."""
LONGEST_SHEET = 200_000
_LONGEST_VALUE = 2_000
_DEEPEST = 8
_ALWAYS = re.compile(
    r"^\s*(|all|(only )?screen|(only )?(screen|all)? ?(and )?"
    r"\((min-(device-)?width: ?[0-3]?\d{1,2}px|max-(device-)?width: ?\d{4,}px)\))\s*$"
)
_NAMES = re.compile(r"#[\w-]+|[.:\[][\w-]+|(?<![\w.#:\[-])[a-z][\w-]*", re.IGNORECASE)


@dataclass
class Sheet:
    """The rules of every <style> of a mail."""

    rules: list[tuple[tuple[int, int, int], str, list[tuple[str, str, bool]]]] = field(
        default_factory=list
    )
    imports: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    """Text that stands in the sheet itself, as `content: "..."`."""


def read_sheet(css: str) -> Sheet:
    """The rules of a sheet, in order."""
    sheet = Sheet()
    tokens = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    _read(sheet, tokens, 0)
    return sheet


def _read(sheet: Sheet, rules: list[Any], depth: int, around: str = "") -> None:
    for rule in rules[: MOST_RULES + 1]:
        if rule.type == "qualified-rule":
            _read_rule(sheet, rule, depth, around)
        elif rule.type == "at-rule" and rule.at_keyword.lower() == "import":
            sheet.imports.append(tinycss2.serialize(rule.prelude).strip())
        elif rule.type == "at-rule" and rule.content is not None and depth < _DEEPEST:
            _read_group(sheet, rule, depth)


def _read_rule(sheet: Sheet, rule: Any, depth: int, around: str) -> None:
    """A rule, and those nested in it."""
    declared = list(declarations(rule.content, sheet))
    prelude = tinycss2.serialize(rule.prelude)[:_LONGEST_VALUE]
    if around:
        prelude = prelude.replace("&", around) if "&" in prelude else f"{around} {prelude}"
    for selector in prelude.split(","):
        sheet.rules.append((_specificity(selector), selector.strip(), declared))
    if depth < _DEEPEST:
        inside = tinycss2.parse_blocks_contents(rule.content, True, True)
        nested = [one for one in inside if one.type == "qualified-rule"]
        _read(sheet, nested, depth + 1, prelude.split(",")[0].strip())


def _read_group(sheet: Sheet, rule: Any, depth: int) -> None:
    inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
    condition = " ".join(tinycss2.serialize(rule.prelude).lower().split())
    keyword = rule.at_keyword.lower()
    holds = keyword in ("supports", "layer", "scope", "container") or (
        keyword == "media" and _ALWAYS.match(condition)
    )
    if holds:
        _read(sheet, inside, depth + 1)
    else:
        apart = Sheet()
        _read(apart, inside, depth + 1)
        list(declarations(rule.content, apart))  # those of @font-face and @page
        sheet.addresses += apart.addresses


def declarations(source: Any, sheet: Sheet) -> Iterator[tuple[str, str, bool]]:
    """Each property, its value, and whether it is important; addresses go to `sheet`."""
    for one in tinycss2.parse_blocks_contents(source, skip_comments=True, skip_whitespace=True):
        if one.type != "declaration":
            continue
        sheet.addresses += addresses(one.value)
        value = tinycss2.serialize(one.value[:_LONGEST_VALUE]).strip()
        if one.lower_name == "content" and sum(map(str.isalpha, value)) >= 4:
            sheet.written.append(value)
        yield one.lower_name, value.lower(), one.important


def addresses(tokens: list[Any]) -> Iterator[str]:
    """What the value of a property would load."""
    waiting = list(tokens)
    while waiting:
        token = waiting.pop()
        if token.type == "url":
            yield token.value
        elif token.type == "function":
            waiting += token.arguments
            if token.lower_name in ("url", "src", "image", "image-set", "-webkit-image-set"):
                yield from (inner.value for inner in token.arguments if inner.type == "string")


def styles(root: Any, sheet: Sheet, elements: int) -> dict[int, Style]:
    """The style that the sheets give each element, by its identity."""
    found: dict[int, list[tuple[Any, str, str]]] = defaultdict(list)
    if len(sheet.rules) > MOST_RULES or len(sheet.rules) * elements > MOST_MATCHES:
        return {}
    for order, (weight, selector, declared) in enumerate(sheet.rules):
        for node in _chosen(root, selector):
            found[id(node)] += [((imp, weight, order), key, val) for key, val, imp in declared]
    return {
        node: {key: value for _, key, value in sorted(given)} for node, given in found.items()
    }


def _chosen(root: Any, selector: str) -> list[Any]:
    try:
        return list(query(root, selector))
    except SelectorError:
        return []  # of a state, as :hover, or of no element


def _specificity(selector: str) -> tuple[int, int, int]:
    names = _NAMES.findall(selector[:_LONGEST_VALUE])
    ids = sum(name.startswith("#") for name in names)
    classes = sum(name[0] in ".:[" for name in names)
    return ids, classes, len(names) - ids - classes
