"""Bodies: JSON that keeps the digits of its numbers and the order of its members, and forms made of it."""

import json
import re
import urllib.parse


class Number(str):
    """A number of a JSON text, as it was written; 1.10 and 1.1 are two texts."""


def parse(text):
    """Reads JSON without turning its numbers into binary ones, which would lose digits."""
    return json.loads(text, parse_int=Number, parse_float=Number, parse_constant=_refuse)


def _refuse(name):
    raise ValueError(f"{name} is no JSON")


def compact(value):
    """Writes JSON without white space, with every number as it was read."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{_quoted(name)}:{compact(member)}" for name, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(compact(item) for item in value) + "]"
    return json.dumps(value)


def _quoted(text):
    # Half of a surrogate pair is lawful in JSON as an escape, and cannot be written in UTF-8.
    return re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", json.dumps(text, ensure_ascii=False))


def form(value):
    """Writes a form (application/x-www-form-urlencoded) in which nested names stand in brackets: a[b][c]=d."""
    return "&".join(
        urllib.parse.quote_plus(name) + "=" + urllib.parse.quote_plus(text) for name, text in _form_fields("", value)
    )


def _form_fields(name, value):
    if isinstance(value, dict):
        for member, inner in value.items():
            yield from _form_fields(f"{name}[{member}]" if name else member, inner)
    elif isinstance(value, list):
        for item in value:
            yield from _form_fields(name + "[]", item)
    else:
        yield name, _form_text(value)


def _form_text(value):
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


def read_form(text):
    """What a receiver makes of a form: nested objects and lists, in which every value is a text."""
    read = {}
    for name, value in urllib.parse.parse_qsl(text, keep_blank_values=True):
        first, _, rest = name.partition("[")
        _put(read, [first, *rest.removesuffix("]").split("][")] if rest else [first], value)
    return read


def _put(into, path, value):
    """Puts a text where a path of names leads; an empty name at its end is the next place of a list."""
    name, *rest = path
    if not rest:
        into[name] = value
    elif rest == [""]:
        into.setdefault(name, []).append(value)
    else:
        _put(into.setdefault(name, {}), rest, value)
