"""What a pattern says where its facts are known: axis, factor, name."""

from __future__ import annotations

from course_lib.text import Text

EXACT: dict[str, Text] = {
    "right-if-argument": Text(
        "With `{name}` = {value} your result is right, so look at how"
        " `{name}` is used.",
        "`{name}` が {value} なら正しい結果になります。`{name}` の使い方を見直"
        "してください。",
    ),
    "scaled": Text(
        "Every number is {factor} times the expected one. What is counted, or"
        " divided, too often or not at all?",
        "どの数も、期待する数の {factor} 倍になっています。足す回数や割る数を"
        "見直してください。",
    ),
    "offset": Text(
        "Every number is off by the same {step}. Where does it come from?",
        "どの数も、同じだけ（{step}）ずれています。この数はどこから来たのでし"
        "ょうか。",
    ),
    "constant": Text(
        "Every number of the result is {value}. Is one value written to all"
        " places?",
        "結果の数がすべて {value} です。1 つの値をすべての場所に書き込んでいま"
        "せんか。",
    ),
    "transposed": Text(
        "The numbers are right, but the axes {a} and {b} have changed places.",
        "数は合っていますが、軸 {a} と軸 {b} が入れ替わっています。",
    ),
    "mirrored": Text(
        "The numbers are right, but run the other way along axis {axes}. In"
        " which direction does the loop or slice go?",
        "数は合っていますが、軸 {axes} の向きが逆です。ループやスライスの向き"
        "を見直してください。",
    ),
    "moved-by-one": Text(
        "The numbers are right, but sit one place further along axis {axis}."
        " Where does the window or the slice start?",
        "数は合っていますが、軸 {axis} に沿って 1 つずれています。窓やスライス"
        "の始まりを見直してください。",
    ),
    "slices-in-other-order": Text(
        "All parts are right, but they stand in another order along axis"
        " {axis}.",
        "それぞれの部分は合っていますが、軸 {axis} に沿った順番が違います。",
    ),
    "shape-one-larger": Text(
        "Axis {axes} is one too long. Count the places by hand, the first and"
        " the last one too.",
        "軸 {axes} が 1 だけ長くなっています。最初と最後に気をつけて、位置を手"
        "で数えてみましょう。",
    ),
    "shape-one-smaller": Text(
        "Axis {axes} is one too short. Count the places by hand, the first and"
        " the last one too.",
        "軸 {axes} が 1 だけ短くなっています。最初と最後に気をつけて、位置を手"
        "で数えてみましょう。",
    ),
    "axis-summed": Text(
        "Axis {axis} was summed, but should stay.",
        "軸 {axis} が合計されています。この軸は残します。",
    ),
    "axis-averaged": Text(
        "Axis {axis} was averaged, but should stay.",
        "軸 {axis} が平均されています。この軸は残します。",
    ),
    "axis-first-only": Text(
        "Only the first entry along axis {axis} was returned, and the axis is"
        " gone.",
        "軸 {axis} の最初の要素だけが返され、軸がなくなっています。",
    ),
    "axis-last-only": Text(
        "Only the last entry along axis {axis} was returned, and the axis is"
        " gone. Is the result set anew in each round of the loop?",
        "軸 {axis} の最後の要素だけが返され、軸がなくなっています。繰り返しの"
        "たびに結果を作り直していませんか。",
    ),
    "axis-not-summed": Text(
        "The result is right but for axis {axis}, which is still to be"
        " summed.",
        "軸 {axis} をまだ合計していません。ほかは合っています。",
    ),
    "axes-missing": Text(
        "The result has {got} axes instead of {expected}. A single number as"
        " an index takes an axis away, and so does a sum.",
        "結果の軸が {got} 個で、{expected} 個に足りません。1 つの番号で取り出"
        "したり合計したりすると、軸が減ります。",
    ),
    "axes-extra": Text(
        "The result has {got} axes instead of {expected}. Write down what each"
        " of them stands for: which one does not belong there?",
        "結果の軸が {got} 個あり、{expected} 個より多くなっています。それぞれ"
        "の軸が何を表すか書いてみましょう。余分な軸はどれですか。",
    ),
    "shape-differs": Text(
        "The size of axis {axes} is not the expected one. From which numbers"
        " does it come?",
        "軸 {axes} のサイズが違います。このサイズはどの数から決まりましたか。",
    ),
    "one-entry-differs": Text(
        "All numbers are right but the one at {index}. What is special about"
        " it?",
        "位置 {index} の 1 つを除いてすべて合っています。その数だけ何が違うの"
        "でしょうか。",
    ),
    "first-only": Text(
        "Along axis {axis} only entry 0 is right. Does the loop use its index"
        " everywhere?",
        "軸 {axis} では、番号 0 だけが合っています。ループの番号を、必要な所す"
        "べてで使っていますか。",
    ),
    "last-only": Text(
        "Along axis {axis} only the last entry, {right}, is right. Is a result"
        " overwritten in each round?",
        "軸 {axis} では、最後の番号 {right} だけが合っています。繰り返しのたび"
        "に結果を上書きしていませんか。",
    ),
    "some-slices-only": Text(
        "Along axis {axis} the entries {right} are right, the others are not."
        " What distinguishes them?",
        "軸 {axis} では、番号 {right} だけが合っています。ほかとの違いは何でし"
        "ょうか。",
    ),
    "entries-swapped": Text(
        "`{a}` and `{b}` have changed places.",
        "`{a}` と `{b}` が入れ替わっています。",
    ),
    "argument-ignored": Text(
        "The result is always what `{name}` = {value} would give. Is `{name}`"
        " used, and passed on?",
        "いつも `{name}` が {value} のときの結果になっています。`{name}` を使"
        "っているか、次の関数に渡しているか、確かめてください。",
    ),
    "arguments-swapped": Text(
        "The result is right for `{a}` and `{b}` in each other's place.",
        "`{a}` と `{b}` を入れ替えたときの結果になっています。",
    ),
    "argument-off-by-one": Text(
        "The result is what `{name}` {step} would give. Where does the 1 come"
        " from?",
        "`{name}` {step} のときの結果になっています。この 1 はどこから来たので"
        "しょうか。",
    ),
    "array-ignored": Text(
        "The result is what `{name}` would give if it held only zeros. Is"
        " `{name}` used?",
        "`{name}` がすべて 0 のときの結果になっています。`{name}` を使っていま"
        "すか。",
    ),
    "array-transposed": Text(
        "The result is right for `{name}` with height and width in each"
        " other's place. Which index is the row, which the column?",
        "`{name}` の縦と横を入れ替えたときの結果になっています。どちらの添字が"
        "行で、どちらが列ですか。",
    ),
    "array-reversed": Text(
        "The result is right for `{name}` running the other way along axis"
        " {axes}.",
        "`{name}` を軸 {axes} に沿って逆向きにしたときの結果になっています。",
    ),
    "array-first-only": Text(
        "The result is what you get if the first entry of `{name}` along axis"
        " {axis} stands for all of them. Does the loop use its index there?",
        "`{name}` の軸 {axis} の最初の要素だけを、すべての代わりに使った結果に"
        "なっています。そこでループの番号を使っていますか。",
    ),
    "array-last-only": Text(
        "The result is what you get if the last entry of `{name}` along axis"
        " {axis} stands for all of them.",
        "`{name}` の軸 {axis} の最後の要素だけを、すべての代わりに使った結果に"
        "なっています。",
    ),
}
