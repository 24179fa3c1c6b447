"""Recognise what an exception means for a learner, in two languages.

Python and NumPy say what went wrong in their own words, and in English. The
commonest of them are told here in the words of the course; the original
message is always shown as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from course_lib.text import Text


class Kind(NamedTuple):
    """Hold one kind of exception: how it is seen and what is said.

    seen: a pattern of "Type: message", searched for; its named groups fill
    the sentences. more: makes further values from these groups, or None.
    """

    name: str
    seen: str
    text: Text
    more: Callable[[dict[str, str]], dict[str, str]] | None = None


def _meeting(groups: dict[str, str]) -> dict[str, str]:
    """Return the first two sizes, from the right, that do not fit."""
    one, other = (
        [int(n) for n in re.findall(r"\d+", groups[key])][::-1]
        for key in ("a", "b")
    )
    for m, n in zip(one, other):
        if m != n and 1 not in (m, n):
            return {"m": str(m), "n": str(n)}
    return {"m": "?", "n": "?"}


def _last(groups: dict[str, str]) -> dict[str, str]:
    """Return the largest index of an axis of this size."""
    return {"last": str(int(groups["size"]) - 1)}


KINDS = (
    Kind(
        "shapes-do-not-broadcast",
        r"operands could not be broadcast together with shapes "
        r"(?P<a>\([\d,]*\)) (?P<b>\([\d,]*\))",
        Text(
            "The shapes {a} and {b} do not fit together. Counted from the"
            " right, two sizes must be equal or one of them 1; here {m} meets"
            " {n}.",
            "形状 {a} と {b} は組み合わせられません。右から順に比べて、サイズ"
            "が等しいか、どちらかが 1 でなければなりません。ここでは {m} と"
            " {n} がぶつかっています。",
        ),
        _meeting,
    ),
    Kind(
        "assigned-shape-differs",
        r"could not broadcast input array from shape (?P<a>\([\d,]*\)) into"
        r" shape (?P<b>\([\d,]*\))",
        Text(
            "What is written has shape {a}, its place has shape {b}. Look at"
            " the bounds of the slices on both sides.",
            "書き込む値の形状は {a}、書き込み先の形状は {b} です。両側のスライ"
            "スの範囲を見直してください。",
        ),
    ),
    Kind(
        "reshape-changes-count",
        r"cannot reshape array of size (?P<size>\d+) into shape"
        r" (?P<shape>\([^)]*\))",
        Text(
            "{size} numbers do not fill the shape {shape}. A reshape keeps the"
            " count: which size is missing, or stands for another axis?",
            "数は {size} 個あり、形状 {shape} には収まりません。reshape では数"
            "の個数が変わりません。足りないサイズや、取り違えたサイズはどれで"
            "すか。",
        ),
    ),
    Kind(
        "product-sizes-differ",
        r"matmul: .*\(size (?P<b>\d+) is different from (?P<a>\d+)\)",
        Text(
            "In `A @ B` the rows of A must be as long as the columns of B;"
            " here they have {a} and {b} numbers. Which of the two has to be"
            " transposed?",
            "`A @ B` では、A の 1 行と B の 1 列の長さが等しくなければなりませ"
            "ん。ここでは {a} と {b} です。どちらを転置すべきでしょうか。",
        ),
    ),
    Kind(
        "transpose-axes-wrong",
        r"repeated axis in transpose|axes don't match array",
        Text(
            "`transpose` wants the number of each axis exactly once, from 0"
            " on. One is missing, or there twice.",
            "`transpose` には、すべての軸の番号を 0 から 1 回ずつ渡します。"
            "足りない番号か、重なった番号があります。",
        ),
    ),
    Kind(
        "index-outside",
        r"index (?P<i>-?\d+) is out of bounds for axis (?P<axis>\d+) with"
        r" size (?P<size>\d+)",
        Text(
            "Axis {axis} has {size} entries, 0 to {last}; index {i} lies"
            " outside. Does a loop go too far, or are two axes mixed up?",
            "軸 {axis} の要素は {size} 個（0〜{last}）ですが、番号 {i} を使っ"
            "ています。ループが進みすぎていないか、軸を取り違えていないか、確"
            "かめてください。",
        ),
        _last,
    ),
    Kind(
        "axis-does-not-exist",
        r"axis (?P<axis>-?\d+) is out of bounds for array of dimension"
        r" (?P<count>\d+)",
        Text(
            "There is no axis {axis}: the array has {count} axes, and the"
            " first one is axis 0.",
            "軸 {axis} はありません。この配列の軸は {count} 本で、最初の軸が 0"
            " です。",
        ),
    ),
    Kind(
        "shape-has-fewer-entries",
        r"tuple index out of range",
        Text(
            "A shape has one number for each axis, and the first is"
            " `shape[0]`. Here more were asked for than there are.",
            "shape には軸の数だけ要素があり、最初は `shape[0]` です。存在しな"
            "い番号を使っています。",
        ),
    ),
    Kind(
        "not-an-integer",
        r"'float' object cannot be interpreted as an integer"
        r"|slice indices must be integers|only integers?[ ,]"
        r"|`pad_width` must be of integral type"
        r"|numpy\.float\d+' object cannot be interpreted",
        Text(
            "A whole number is wanted here: sizes, indices and padding are"
            " counted. `/` always gives a float, `//` a whole number.",
            "ここには整数が必要です。サイズ、添字、パディングは個数だからで"
            "す。`/` は必ず小数になります。整数の割り算は `//` です。",
        ),
    ),
    Kind(
        "used-before-set",
        r"UnboundLocalError: .*variable '(?P<name>\w+)'",
        Text(
            "`{name}` is used before it gets a value inside the function. Is"
            " the line that sets it missing, or further down?",
            "関数の中で、値が入る前の `{name}` を使っています。値を入れる行が"
            "抜けていないか、後ろにないか、確かめてください。",
        ),
    ),
    Kind(
        "name-not-defined",
        r"NameError: name '(?P<name>\w+)'",
        Text(
            "Nothing is called `{name}` here. Is it misspelt, or is the line"
            " that sets it missing?",
            "`{name}` という名前はありません。つづりを間違えていないか、値を入"
            "れる行が抜けていないか、確かめてください。",
        ),
    ),
    Kind(
        "is-none",
        r"'NoneType' object",
        Text(
            "Something is None that should hold a value. Does a function lack"
            " its `return`, or did `forward` not keep what `backward` needs?",
            "値があるはずの所が None です。関数の `return` を忘れていないか、"
            "`backward` で使うものを `forward` で残しているか、確かめてくださ"
            "い。",
        ),
    ),
    Kind(
        "attribute-missing",
        r"AttributeError: (?P<owner>.*) has no attribute '(?P<name>\w+)'",
        Text(
            "`.{name}` does not exist there. Is it misspelt, or was it never"
            " set, as with `self.{name} = ...`?",
            "`.{name}` はありません。つづりを間違えていないか、`self.{name} ="
            " ...` のように値を入れたか、確かめてください。",
        ),
    ),
    Kind(
        "key-missing",
        r"KeyError: (?P<key>.+)",
        Text(
            "There is no entry {key}. Compare the names, letter by letter.",
            "{key} という項目はありません。名前を 1 文字ずつ見比べてくださ"
            "い。",
        ),
    ),
    Kind(
        "wrong-arguments",
        r"TypeError: .*(missing (\d+ )?required|positional argument"
        r"|takes exactly|expected at (least|most)|takes no"
        r"|requires \w+ to be specified|unexpected keyword)",
        Text(
            "A function was called with too few, too many or other arguments."
            " Compare the call with what the function takes.",
            "関数に渡す引数が、足りないか、多いか、違っています。関数が受け取"
            "るものと呼び出しを見比べてください。",
        ),
    ),
    Kind(
        "unpacks-other-number",
        r"(too many|not enough) values to unpack",
        Text(
            "There are not as many values as names before the `=`. A shape has"
            " one number for each axis: how many axes are there?",
            "`=` の左にある名前の数と、右の値の数が違います。shape には軸の数"
            "だけ要素があります。軸はいくつですか。",
        ),
    ),
    Kind(
        "rows-differ-in-length",
        r"inhomogeneous shape|setting an array element with a sequence",
        Text(
            "Parts of different lengths cannot become one array. Do all rounds"
            " of the loop give the same shape?",
            "長さの違うものは 1 つの配列にまとめられません。ループの各回の結果"
            "は、すべて同じ形状ですか。",
        ),
    ),
    Kind(
        "empty-window",
        r"zero-size array to reduction|attempt to get arg\w+ of an empty",
        Text(
            "A window or slice is empty. Where does it begin and end, and does"
            " the end lie behind the beginning?",
            "空の窓（スライス）があります。始まりと終わりを確かめましょう。終"
            "わりは始まりより後にありますか。",
        ),
    ),
    Kind(
        "negative-size",
        r"negative dimensions|can't contain negative values"
        r"|Maximum allowed dimension",
        Text(
            "A size or a padding came out negative or far too large. Work the"
            " formula out by hand for the numbers tried.",
            "サイズかパディングが、負の数か極端に大きい数になりました。下の入"
            "力について、式を手で計算してみましょう。",
        ),
    ),
    Kind(
        "divided-by-zero",
        r"ZeroDivisionError|slice step cannot be zero",
        Text(
            "Something is 0 that is divided by, or that a step is as long as.",
            "0 で割っているか、歩幅が 0 になっています。",
        ),
    ),
    Kind(
        "number-or-list-for-array",
        r"object is not (subscriptable|iterable)|has no len\(\)"
        r"|list indices must be integers or slices, not tuple"
        r"|can't multiply sequence|unsupported operand type",
        Text(
            "A single number or a list stands where an array is wanted. What"
            " does the line before really give?",
            "配列であるべき所に、1 つの数やリストがあります。直前の行の結果"
            "は、本当に配列ですか。",
        ),
    ),
)


def explain(error: BaseException, language: str) -> tuple[str, str] | None:
    """Return name and sentence for an exception, or None if it is a rare one.

    language: "en" or "ja".
    """
    said = f"{type(error).__name__}: {error}"
    for kind in KINDS:
        found = re.search(kind.seen, said)
        if found:
            values = found.groupdict()
            values |= kind.more(values) if kind.more else {}
            return kind.name, kind.text.of(language).format(**values)
    return None
