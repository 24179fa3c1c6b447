"""Exceptions of NumPy, told in the words of the course."""

from __future__ import annotations

from course_lib.exercises.error_kinds import (
    Kind,
    as_written,
    last_index,
    meeting,
)
from course_lib.text import Text

KINDS = (
    Kind(
        "pad-pairs-missing",
        r"remapped shapes .*: (?P<a>\(\d+, ?2\)) +and requested shape"
        r" \((?P<n>\d+), ?2\)",
        Text(
            "`np.pad` wants one pair (before, after) for each axis. The array"
            " has {n} axes; for those that stay as they are, write (0, 0).",
            "`np.pad` には、軸ごとに（前, 後）の組を 1 つずつ渡します。この配"
            "列の軸は {n} 個です。変えない軸には (0, 0) と書きます。",
        ),
    ),
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
        meeting,
    ),
    Kind(
        "does-not-broadcast-to",
        r"could not be broadcast together with remapped shapes"
        r"|shape mismatch: (value array|indexing arrays)",
        Text(
            "Two shapes do not fit together. Write down both of them, one"
            " below the other, and compare them from the right.",
            "2 つの形状が合いません。両方を書き出して、右から順に比べてみまし"
            "ょう。",
        ),
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
        as_written,
    ),
    Kind(
        "two-unknown-sizes",
        r"can only specify one unknown dimension",
        Text(
            "A reshape can work out one size only: write -1 once.",
            "reshape が自動で計算できるサイズは 1 つだけです。-1 は 1 回だけ書"
            "きます。",
        ),
    ),
    Kind(
        "product-sizes-differ",
        r"matmul: .*\(size (?P<b>\d+) is different from (?P<a>\d+)\)",
        Text(
            "In `A @ B` a row of A must be as long as a column of B; here they"
            " have {a} and {b} numbers. Compare the shapes of both with the"
            " ones you had in mind: is a reshape missing, or a transpose?",
            "`A @ B` では、A の 1 行と B の 1 列の長さが等しくなければなりませ"
            "ん。ここでは {a} と {b} です。両方の形状を、思っていた形状と比べ"
            "てください。転置か reshape を忘れていませんか。",
        ),
    ),
    Kind(
        "dot-sizes-differ",
        r"shapes (?P<shapes>.*) not aligned: (?P<a>\d+) \(dim \d+\) !="
        r" (?P<b>\d+)",
        Text(
            "In a product of matrices a row of the first must be as long as a"
            " column of the second; here they have {a} and {b} numbers"
            " ({shapes}). Is a reshape missing, or a transpose?",
            "行列の積では、1 つ目の 1 行と 2 つ目の 1 列の長さが等しくなければ"
            "なりません。ここでは {a} と {b} です（形状は {shapes}）。転置か"
            " reshape を忘れていませんか。",
        ),
        lambda groups: {"shapes": groups["shapes"].replace(" and ", ", ")},
    ),
    Kind(
        "product-with-a-number",
        r"matmul: Input operand \d does not have enough dimensions",
        Text(
            "`@` multiplies matrices; here one side is a single number. A"
            " number times an array is written with `*`.",
            "`@` は行列の積ですが、片方がただの数です。数と配列の積は `*` と書"
            "きます。",
        ),
    ),
    Kind(
        "transpose-axes-wrong",
        r"repeated axis in transpose|axes don't match array",
        Text(
            "`transpose` wants the number of each axis exactly once, from 0"
            " on. One is missing, or there twice.",
            "`transpose` には、すべての軸の番号を 0 から 1 回ずつ渡します。足"
            "りない番号か、重なった番号があります。",
        ),
    ),
    Kind(
        "axis-is-empty",
        r"index (?P<i>-?\d+) is out of bounds for axis (?P<axis>\d+) with"
        r" size 0",
        Text(
            "Axis {axis} is empty: it has no entry at all. Which slice or size"
            " before made it so?",
            "軸 {axis} は空で、要素が 1 つもありません。その前のどのスライスや"
            "サイズで空になったのでしょうか。",
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
        last_index,
    ),
    Kind(
        "too-many-indices",
        r"too many indices for array: array is (?P<n>\d+)-dimensional, but"
        r" (?P<m>\d+)",
        Text(
            "The array has {n} axes here, but {m} indices are given. Which"
            " axis did an earlier line take away?",
            "この配列の軸は {n} 個ですが、添字が {m} 個あります。前の行でなく"
            "なった軸はどれですか。",
        ),
    ),
    Kind(
        "axis-does-not-exist",
        r"axis (?P<axis>-?\d+) is out of bounds for array of dimension"
        r" (?P<count>\d+)",
        Text(
            "There is no axis {axis}: the array has {count} axes, and the"
            " first one is axis 0.",
            "軸 {axis} はありません。この配列の軸は {count} 個で、番号は 0 か"
            "ら始まります。",
        ),
    ),
    Kind(
        "joined-without-a-list",
        r"only integer scalar arrays|cannot be interpreted as an integer",
        Text(
            "Arrays to be joined are passed as one list: `np.concatenate([a,"
            " b])`.",
            "つなぐ配列は、`np.concatenate([a, b])` のように 1 つのリストで渡"
            "します。",
        ),
        near=r"(concatenate|stack)\((?![\[(])",
    ),
    Kind(
        "joined-axes-differ",
        r"all the input arrays must have same number of dimensions"
        r"|zero-dimensional arrays cannot be concatenated",
        Text(
            "Arrays that are joined must have equally many axes. `x[n]` takes"
            " an axis away, `x[n : n + 1]` keeps it.",
            "つなぐ配列の軸の数は同じでなければなりません。`x[n]` では軸が 1 "
            "つ減ります。`x[n : n + 1]` なら軸が残ります。",
        ),
    ),
    Kind(
        "joined-sizes-differ",
        r"all the input array dimensions|all input arrays must have the same",
        Text(
            "Arrays that are joined must agree in all axes but the one along"
            " which they are joined. Compare their shapes, and the `axis`.",
            "つなぐ配列は、つなぐ方向の軸を除いて、サイズが同じでなければなり"
            "ません。形状と `axis` を見直してください。",
        ),
    ),
    Kind(
        "nothing-to-join",
        r"need at least one array",
        Text(
            "The list of arrays to be joined is empty. Does the loop run at"
            " all, and does it `append`?",
            "つなぐ配列のリストが空です。ループは 1 回でも回りましたか。"
            "`append` していますか。",
        ),
    ),
    Kind(
        "shape-not-in-brackets",
        r"Cannot interpret '.*' as a data type|data type .* not understood",
        Text(
            "The shape is one argument: put its sizes in brackets of their"
            " own, as in `np.zeros((3, 4))`.",
            "形状は 1 つの引数です。`np.zeros((3, 4))` のように、かっこでまと"
            "めます。",
        ),
    ),
    Kind(
        "index-in-round-brackets",
        r"'numpy\.ndarray' object is not callable",
        Text(
            "An array is not a function: entries are picked with square"
            " brackets, `x[0]`, and a product needs its `*`.",
            "配列は関数ではありません。要素は `x[0]` のように角かっこで取り出"
            "します。掛け算の `*` が抜けていないかも確かめてください。",
        ),
    ),
    Kind(
        "array-as-condition",
        r"The truth value of an array",
        Text(
            "An array is neither true nor false as a whole, so `if`, `and`,"
            " `max(a, b)` cannot use it. Choose for each entry with `np.where`"
            " or `np.maximum`; ask about the whole with `.all()` or `.any()`.",
            "配列全体は真でも偽でもないので、`if`、`and`、`max(a, b)` にはその"
            "まま使えません。要素ごとの選択は `np.where` や `np.maximum`、全体"
            "の判定は `.all()` か `.any()` です。",
        ),
    ),
    Kind(
        "float-index-array",
        r"arrays used as indices must be of integer",
        Text(
            "An array of indices must hold integers: `.astype(int)` makes them"
            " so.",
            "添字の配列は整数でなければなりません。`.astype(int)` で整数にしま"
            "す。",
        ),
    ),
    Kind(
        "infinity-as-integer",
        r"cannot convert float (infinity|NaN) to integer",
        Text(
            "An array of integers cannot hold infinity or NaN. Make it an"
            " array of floats first: `x.astype(float)`.",
            "整数の配列には無限大や NaN を入れられません。先に"
            " `x.astype(float)` で小数の配列にします。",
        ),
    ),
    Kind(
        "fractions-into-integers",
        r"Cannot cast ufunc",
        Text(
            "The array holds integers, and the result has fractions: `+=`"
            " cannot store them there. Start with floats, or write `x = x +"
            " ...`.",
            "整数の配列に、小数の結果を `+=` などで書き込もうとしています。最"
            "初から小数の配列にするか、`x = x + ...` と書きます。",
        ),
    ),
    Kind(
        "array-for-a-number",
        r"only (integer scalar|0-dimensional|length-1|size-1) arrays",
        Text(
            "A single number is wanted here, and an array is given. For all"
            " entries at once use the function of numpy, such as `np.sqrt`;"
            " for a size use `len(x)` or `x.shape`.",
            "ここには 1 つの数が必要ですが、配列を渡しています。全要素をまとめ"
            "て計算するなら `np.sqrt` のような numpy の関数を、サイズなら"
            " `len(x)` や `x.shape` を使います。",
        ),
    ),
    Kind(
        "not-an-integer",
        r"'float' object cannot be interpreted as an integer"
        r"|slice indices must be integers|only integers[ ,]"
        r"|expected a sequence of integers or a single integer, got '[\d.]+'"
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
        "rows-differ-in-length",
        r"inhomogeneous shape",
        Text(
            "Parts of different lengths cannot become one array. Do all rounds"
            " of the loop give the same shape?",
            "長さの違うものは 1 つの配列にまとめられません。ループの各回の結果"
            "は、すべて同じ形状ですか。",
        ),
    ),
    Kind(
        "array-into-one-place",
        r"setting an array element with a sequence",
        Text(
            "A whole array is put into the place of one number. Is an index"
            " missing on the right, or a sum, or one too many on the left?",
            "1 つの数の場所に配列を入れようとしています。右辺の添字や合計が足"
            "りないか、左辺の添字が多いのではありませんか。",
        ),
    ),
    Kind(
        "empty-window",
        r"zero-size array to reduction|attempt to get arg\w+ of an empty"
        r"|(max|min)\(\) (arg|iterable argument) is (an )?empty",
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
        r"|Maximum allowed dimension|window shape cannot be larger",
        Text(
            "A size or a padding came out negative or far too large. Work the"
            " formula out by hand for the numbers tried.",
            "サイズかパディングが、負の数か極端に大きい数になりました。下の入"
            "力について、式を手で計算してみましょう。",
        ),
    ),
    Kind(
        "read-only",
        r"read-only",
        Text(
            "This array is a view that may not be written to. Take a copy"
            " first: `x.copy()`.",
            "この配列は書き込みのできないビューです。先に `x.copy()` でコピー"
            "します。",
        ),
    ),
    Kind(
        "mask-of-other-size",
        r"boolean index did not match|boolean array indexing assignment",
        Text(
            "A mask must have the shape of the array that it is laid on.",
            "マスクの形状は、重ねる配列と同じでなければなりません。",
        ),
    ),
    Kind(
        "einsum-letters-wrong",
        r"einstein|einsum",
        Text(
            "The letters of `einsum` do not fit: one letter for each axis, and"
            " the same letter only for the same size.",
            "`einsum` の文字が合っていません。文字は軸ごとに 1 つで、同じ文字"
            "の軸は同じサイズでなければなりません。",
        ),
    ),
    Kind(
        "not-enough-memory",
        r"MemoryError|Unable to allocate",
        Text(
            "A result would be too large for the memory. Two arrays that are"
            " laid out against each other make such a shape; is a size wrong?",
            "結果が大きすぎて、メモリに入りません。形状のサイズを見直してくだ"
            "さい。",
        ),
    ),
)
