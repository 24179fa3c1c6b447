"""Put what a check found into sentences of the reader's language.

A message is plain text: one paragraph a line, names of code in backticks,
and lines that begin with four spaces for what must keep its columns (arrays,
code, the words of an exception). `markup` turns it into HTML.
"""

from __future__ import annotations

import linecache
import re
import sysconfig
from pathlib import Path
from typing import Any

import numpy as np

from course_lib.exercises.attempt import Failure
from course_lib.exercises.compare import (
    SHOW_AT_MOST,
    Difference,
    as_array,
    number,
)
from course_lib.exercises.errors import explain
from course_lib.exercises.messages import say
from course_lib.exercises.model import Exercise, Slip
from course_lib.exercises.pattern_texts import pattern_text
from course_lib.exercises.patterns import Seen
from course_lib.exercises.plain import Odd
from course_lib.text import Text

COLON, COMMA = Text(": ", "："), Text(", ", "、")
BEHIND_LATIN = Text("", " ")  # before the next Japanese word
PACKAGE = str(Path(__file__).resolve().parents[1])
LIBRARY = str(Path(sysconfig.get_paths()["stdlib"]))
INDENT = "    "
LONGEST = 80  # characters of a value of which nothing better is known
# Sentences of messages.py that speak of an expected and a found value.
OF_VALUES = (
    "single",
    "values",
    "float_for_integer",
    "typed_single",
    "typed_values",
)
FEW = 16  # numbers of an input that are shown

KINDS: dict[str, Text] = {
    "generator": Text("a generator", "ジェネレーター"),
    "class": Text("the class `{name}` itself", "クラス `{name}` そのもの"),
    "function": Text("a function", "関数"),
    "module": Text("a module", "モジュール"),
    "dict": Text(
        "a dict with {size} entries", "要素が {size} 個の辞書（dict）"
    ),
    "set": Text("a set with {size} entries", "要素が {size} 個の集合（set）"),
    "object": Text("an object of type `{name}`", "`{name}` 型のオブジェクト"),
    "objects": Text(
        "an array of objects that are no numbers",
        "数でないものが入った配列",
    ),
    "long": Text(
        "far too many numbers ({name}, {size})",
        "多すぎる数（{name}、{size}）",
    ),
}
ADVICE: dict[str, Text] = {
    "generator": Text(
        "It has made no number yet: `list(...)` collects them.",
        "まだ数を 1 つも作っていません。`list(...)` で集めます。",
    ),
    "class": Text(
        "An object of it is made with `{name}(...)`.",
        "オブジェクトは `{name}(...)` で作ります。",
    ),
    "function": Text(
        "Is it called, with `()`?", "`()` を付けて呼び出しましたか。"
    ),
    "dict": Text(
        "Its entries must be taken out.", "中の値を取り出してください。"
    ),
    "set": Text(
        "A set has no order and keeps equal numbers only once.",
        "集合には順番がなく、同じ数は 1 つにまとめられます。",
    ),
}


def words(value: Any, language: str) -> str:
    """Name what a plain value is: "array of shape (4, 4)".

    In Japanese a space follows where the next word would stick to it.
    """
    text = _words(value, language)
    return text + BEHIND_LATIN.of(language) if text[-1].isascii() else text


def _words(value: Any, language: str) -> str:
    def text(en: str, ja: str) -> str:
        return Text(en, ja).of(language)

    if isinstance(value, Odd):
        filled = {"name": value.name, "size": value.size}
        return KINDS[value.kind].of(language).format(**filled)
    if value is None:
        return "None"
    if isinstance(value, np.ndarray) and value.ndim:
        return _words_of_array(value, language)
    if isinstance(value, tuple):
        return text(
            f"a tuple of {len(value)} values",
            f"値 {len(value)} 個の組（タプル）",
        )
    if isinstance(value, list):
        if as_array(value).dtype.kind == "O":
            return text(
                "a list that makes no array, because its parts differ in"
                " kind or length",
                "種類や長さがそろわず、配列にできないリスト",
            )
        return text(
            f"a list of {len(value)} entries",
            f"要素が {len(value)} 個のリスト",
        )
    if isinstance(value, bytes):
        return text("bytes", "バイト列（bytes）")
    if isinstance(value, str):
        return text(
            f"the text {_cut(repr(value))}", f"文字列 {_cut(repr(value))}"
        )
    return text(f"the number {shown(value)}", f"数 {shown(value)}")


def _words_of_array(value: np.ndarray, language: str) -> str:
    shape = f"{value.shape}"
    en, ja = {
        "c": ("array of complex numbers, shape", "複素数の配列"),
        "U": ("array of texts, shape", "文字列の配列"),
        "S": ("array of bytes, shape", "バイト列の配列"),
        "M": ("array of dates, shape", "日付の配列"),
    }.get(value.dtype.kind, ("array of shape", "配列"))
    return Text(f"an {en} {shape}", f"{ja} {shape}").of(language)


def shown(value: Any) -> str:
    """Return a plain value as short text."""
    if isinstance(value, (bool, np.bool_, str)):
        return _cut(repr(value.item() if hasattr(value, "item") else value))
    if isinstance(value, np.ndarray) and value.ndim:
        if value.size > 9:
            return _cut(f"array {value.shape}")
        return _cut("[" + ", ".join(number(v) for v in value.ravel()) + "]")
    try:
        return number(value)
    except (TypeError, ValueError):
        return _cut(repr(value))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 2]} …"


def block(text: str) -> str:
    """Indent a text, so that it keeps its columns."""
    return "\n".join(INDENT + line for line in text.splitlines())


def grid(array: np.ndarray) -> str:
    """Return a small array as text."""
    return np.array2string(
        array, precision=4, suppress_small=True, max_line_width=75
    )


def cause_line(cause: Slip | Seen | str | None, language: str) -> str:
    """Say the slip that was made, the pattern that is seen, or a state."""
    if isinstance(cause, Slip):
        return say("slip", language, text=cause.text.of(language))
    if isinstance(cause, Seen):
        text = pattern_text(cause.name, cause.facts, language)
        if cause.here:
            text = say("case_prefix", language, text=text)
        return say("pattern", language, text=text)
    return say("slip", language, text=cause) if cause else ""


def difference_text(found: Difference, language: str) -> str:
    """Say how a result differs, with both arrays where they are small."""
    if found.key == "none" and found.part:
        return say("none_part", language, part=part_of(found.part, language))
    values = dict(found.values, part=part_of(found.part, language))
    if found.key == "kind":
        odd = values["got"]
        values["expected"] = words(values["expected"], language)
        values["got"] = words(odd, language)
        return say("kind", language, **values) + _advice(odd, language)
    for name in ("expected", "got"):
        if name in values and found.key in OF_VALUES:
            values[name] = _value(values[name], language)
    if "index" in values:
        values["index"] = list(values["index"])
    text = say(found.key, language, **values)
    if found.key != "values" or values["size"] > SHOW_AT_MOST:
        return text
    pair = (("expected_array", found.expected), ("got_array", found.got))
    for name, entry in pair:
        text += f"\n{say(name, language)}\n{block(grid(as_array(entry)))}"
    return text


def _value(value: Any, language: str) -> str:
    strange = isinstance(value, (Odd, list, tuple, type(None)))
    return words(value, language).strip() if strange else shown(value)


def _advice(value: Any, language: str) -> str:
    if not isinstance(value, Odd) or value.kind not in ADVICE:
        return ""
    gap = " " if language == "en" else ""
    return gap + ADVICE[value.kind].of(language).format(name=value.name)


def part_of(part: str, language: str) -> str:
    """Return the name of a part as the beginning of a sentence."""
    if not part:
        return ""
    name = f"`{part}`" if re.fullmatch(r"[\w\[\]]+", part) else part
    return name + COLON.of(language)


def failure_text(failure: Failure, language: str) -> tuple[str, str]:
    """Return the name of an exception's kind, and what to say about it."""
    said = f"{failure.kind}: {failure.text}".rstrip(": ")
    number_, line = learners_line(failure.frames[::-1])
    name, meaning = explain(said, language, line)
    lines = [say("slip", language, text=meaning)] if meaning else []
    if not line and failure.returned is not None:
        got = words(failure.returned, language)
        text = say("unusable", language, got=got)
        lines = [text + _advice(failure.returned, language)]
        lines += [say("unusable_error", language), block(said)]
        return name, "\n".join(lines)
    lines += [say("raised", language), block(said)]
    return name, "\n".join(lines + line_lines(number_, line, language))


def line_lines(number_: int, line: str, language: str) -> list[str]:
    """Return what shows a line of the learner's code."""
    if not line:
        return []
    return [say("at_line", language, line=number_), block(line)]


def learners_line(frames: Any) -> tuple[int, str]:
    """Return number and text of the first line that the learner wrote.

    frames: (file, line) of each call, the innermost first. Returns (0, "")
    where there is none.
    """
    for file, line in frames:
        if file.startswith((PACKAGE, LIBRARY)) or "site-packages" in file:
            continue
        text = linecache.getline(file, line).strip()
        if text:
            return line, text
    return 0, ""


def call_text(
    exercise: Exercise, case: tuple, language: str, whole: bool = False
) -> str:
    """Say which arguments were tried.

    whole: with the numbers of small arrays, so that it can be tried again.
    """
    pieces, blocks = [], []
    for name, value in zip(exercise.arguments(), case):
        pieces.append(f"`{name}` = {_argument(value, language)}")
        small = whole and isinstance(value, np.ndarray) and value.ndim == 2
        if small and value.size <= FEW:
            blocks.append(block(f"{name} =\n{grid(value)}"))
    call = COMMA.of(language).join(pieces)
    return "\n".join([say("tried", language, call=call), *blocks])


def _argument(value: Any, language: str) -> str:
    if isinstance(value, np.ndarray):
        if value.size <= 9 and value.ndim <= 1:
            return shown(value)
        return Text(f"array of shape {value.shape}", f"配列 {value.shape}").of(
            language
        )
    if isinstance(value, np.random.Generator):
        return "`rng`"
    if isinstance(value, type) or (
        callable(value) and hasattr(value, "__name__")
    ):
        return f"`{value.__name__}`"
    return _cut(repr(value))
