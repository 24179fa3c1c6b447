"""What a pattern of a wrong result says; the names are those of patterns.py.

A sharper sentence stands in exact_texts.py; it is used where all wrong
results agree in the facts that it names.
"""

from __future__ import annotations

from course_lib.exercises.exact_texts import EXACT
from course_lib.text import Text

PATTERN_TEXTS: dict[str, Text] = {
    "one-too-many": Text(
        "The result is one too large. Count a small case on your fingers.",
        "結果が 1 だけ大きくなっています。小さな例を手で数えてみましょう。",
    ),
    "one-too-few": Text(
        "The result is one too small. Count a small case on your fingers.",
        "結果が 1 だけ小さくなっています。小さな例を手で数えてみましょう。",
    ),
    "not-finite": Text(
        "There are infinities or NaN in the result: a division by 0, a number"
        " that grew too large, or padding with infinity that is still there.",
        "結果に無限大か NaN があります。0 で割ったか、数が大きくなりすぎたか、"
        "無限大のパディングが残っています。",
    ),
    "zero-below-one": Text(
        "Every number is 0, and the expected ones lie between -1 and 1. Either"
        " nothing was written, or the fractions were cut off, by `//` or by an"
        " array of integers.",
        "すべての数が 0 です。期待する数は -1 と 1 の間なので、何も書き込まれ"
        "ていないか、`//` や整数の配列で小数点以下が切り捨てられています。",
    ),
    "all-zero": Text(
        "Every number is 0. Is the result filled, and is it the filled array"
        " that you return?",
        "すべての数が 0 です。結果を書き込んでいますか。返しているのは書き込ん"
        "だ配列ですか。",
    ),
    "truncated": Text(
        "The whole parts are right, the fractions are cut off: by `//`, or by"
        " an array of integers that the result is written to.",
        "整数部分は合っていますが、小数点以下が切り捨てられています。`//` を使"
        "ったか、整数の配列に書き込んでいます。",
    ),
    "negated": Text(
        "The sign is the other way round, everywhere. Which is subtracted from"
        " which?",
        "すべて符号が逆です。何から何を引いていますか。",
    ),
    "scaled": Text(
        "The result is the expected one times a constant. What is counted, or"
        " divided, too often or not at all?",
        "期待する結果の定数倍になっています。足す回数や割る数を見直してくださ"
        "い。",
    ),
    "offset": Text(
        "The same number is added everywhere. Where does it come from?",
        "すべてに同じ数が足されています。その数はどこから来たのでしょうか。",
    ),
    "negative-cut": Text(
        "Negative numbers have become 0; the others are right. What does the"
        " comparison or the padding begin with?",
        "負の数が 0 になっています。ほかは合っています。比較の初期値やパディン"
        "グの値を見直してください。",
    ),
    "sign-lost": Text(
        "The sizes of the numbers are right, but none is negative: the sign"
        " was lost.",
        "数の大きさは合っていますが、負の数がありません。符号がなくなっていま"
        "す。",
    ),
    "squared": Text(
        "Every number is the square of the expected one.",
        "どの数も、期待する数の 2 乗になっています。",
    ),
    "root-taken": Text(
        "Every number is the square root of the expected one.",
        "どの数も、期待する数の平方根になっています。",
    ),
    "constant": Text(
        "Every number of the result is the same. Is one value written to all"
        " places?",
        "結果の数がすべて同じです。1 つの値をすべての場所に書き込んでいません"
        "か。",
    ),
    "summed-up": Text(
        "Each number holds the ones before it as well. Does the sum begin at 0"
        " again for each place?",
        "どの数にも、それより前の数が加わっています。場所が変わるたびに合計を"
        " 0 から始めていますか。",
    ),
    "transposed": Text(
        "The numbers are right, but the axes are in another order. Write the"
        " name of each axis beside its place.",
        "数は合っていますが、軸の順番が違います。それぞれの軸の名前を書いて確"
        "かめましょう。",
    ),
    "mirrored": Text(
        "The numbers are right, but an axis runs the other way.",
        "数は合っていますが、軸の向きが逆です。",
    ),
    "moved-by-one": Text(
        "The numbers are right, but sit one place further along an axis. Where"
        " does the window or the slice start?",
        "数は合っていますが、1 つずれた場所にあります。窓やスライスの始まりを"
        "見直してください。",
    ),
    "slices-in-other-order": Text(
        "All parts are right, but they stand in another order along an axis.",
        "それぞれの部分は合っていますが、軸に沿った順番が違います。",
    ),
    "reordered": Text(
        "All the numbers are there, but in other places. Choose one of them:"
        " where should it stand, and how does it get where it is?",
        "数はすべてそろっていますが、場所が違います。1 つ選んで、あるべき場所"
        "と、今の場所に来た理由を追ってみましょう。",
    ),
    "only-the-shape": Text(
        "The numbers are right and in the right order; only the shape is not.",
        "数も並び順も合っていて、形状だけが違います。",
    ),
    "shape-in-other-order": Text(
        "The sizes are right, but belong to other axes. Write the name of each"
        " axis beside its size.",
        "サイズは合っていますが、軸の順番が違います。それぞれのサイズがどの軸"
        "のものか、名前を書いて確かめましょう。",
    ),
    "shape-one-larger": Text(
        "The result is one too long along an axis. Count the places by hand,"
        " the first and the last one too.",
        "ある軸が 1 だけ長くなっています。最初と最後に気をつけて、位置を手で数"
        "えてみましょう。",
    ),
    "shape-one-smaller": Text(
        "The result is one too short along an axis. Count the places by hand,"
        " the first and the last one too.",
        "ある軸が 1 だけ短くなっています。最初と最後に気をつけて、位置を手で数"
        "えてみましょう。",
    ),
    "axis-summed": Text(
        "An axis was summed that should stay.",
        "残すべき軸が合計されています。",
    ),
    "axis-averaged": Text(
        "An axis was averaged that should stay.",
        "残すべき軸が平均されています。",
    ),
    "axis-first-only": Text(
        "Only the first entry of an axis was returned.",
        "ある軸の最初の要素だけが返されています。",
    ),
    "axis-last-only": Text(
        "Only the last entry of an axis was returned. Is the result set anew"
        " in each round of the loop?",
        "ある軸の最後の要素だけが返されています。繰り返しのたびに結果を作り直"
        "していませんか。",
    ),
    "axis-not-summed": Text(
        "The result is right but for one axis, which is still to be summed.",
        "1 つの軸をまだ合計していません。ほかは合っています。",
    ),
    "single-number": Text(
        "A single number came back in the place of an array. Is a `return`"
        " inside a loop, or is everything added up?",
        "配列ではなく、数が 1 つだけ返っています。`return` がループの中にない"
        "か、全部を足し合わせていないか、確かめてください。",
    ),
    "axes-missing": Text(
        "The result has too few axes. A single number as an index takes an"
        " axis away, and so does a sum.",
        "結果の軸が足りません。1 つの番号で取り出したり合計したりすると、軸が"
        "減ります。",
    ),
    "axes-extra": Text(
        "The result has too many axes. Write down what each of them stands"
        " for: which one does not belong there?",
        "結果の軸が多すぎます。それぞれの軸が何を表すか書いてみましょう。余分"
        "な軸はどれですか。",
    ),
    "shape-differs": Text(
        "The shape is not the expected one. Follow it line by line, from the"
        " input to the result.",
        "形状が違います。入力から結果まで、1 行ずつ形状を追ってください。",
    ),
    "one-entry-differs": Text(
        "All numbers are right but one. What is special about that one?",
        "1 つを除いてすべて合っています。その数だけ何が違うのでしょうか。",
    ),
    "partly-zero": Text(
        "What is filled is right, but a part is still 0. Look at how far the"
        " loops and slices go.",
        "書き込まれた所は合っていますが、0 のままの所があります。ループやスラ"
        "イスの範囲を見直してください。",
    ),
    "border-only": Text(
        "The inside is right; only the outermost rows and columns differ."
        " What is special about the windows there?",
        "内側は合っていて、いちばん外側の行と列だけが違います。そこにかかる窓"
        "は、ほかと何が違いますか。",
    ),
    "first-only": Text(
        "Only the first part along an axis is right. Does the loop use its"
        " index everywhere?",
        "ある軸の先頭だけが合っています。ループの番号を、必要な所すべてで使っ"
        "ていますか。",
    ),
    "last-only": Text(
        "Only the last part along an axis is right. Is a result overwritten in"
        " each round?",
        "ある軸の最後だけが合っています。繰り返しのたびに結果を上書きしていま"
        "せんか。",
    ),
    "some-slices-only": Text(
        "Along an axis some parts are right and the others are not. What"
        " distinguishes them?",
        "ある軸に沿って、合っている部分と違う部分があります。その違いは何でし"
        "ょうか。",
    ),
    "too-large": Text(
        "No number is too small, some are too large.",
        "小さすぎる数はなく、大きすぎる数があります。",
    ),
    "too-small": Text(
        "No number is too large, some are too small.",
        "大きすぎる数はなく、小さすぎる数があります。",
    ),
    "entries-swapped": Text(
        "Two of the numbers have changed places.",
        "2 つの数が入れ替わっています。",
    ),
    "entries-in-other-order": Text(
        "The numbers are right, but stand in another order.",
        "数は合っていますが、並ぶ順番が違います。",
    ),
    "same-for-all": Text(
        "Your answer gives the same result for every input. Where are the"
        " arguments used?",
        "どの入力に対しても同じ結果になっています。引数をどこで使っています"
        "か。",
    ),
    "argument-ignored": Text(
        "An argument seems to have no effect. Is it used, and passed on?",
        "引数の 1 つが結果に影響していません。使っているか、次の関数に渡してい"
        "るか、確かめてください。",
    ),
    "right-if-argument": Text(
        "With a simpler argument the result is right.",
        "引数を簡単な値にすると、正しい結果になります。",
    ),
    "right-if-square": Text(
        "With square arrays your result is right. Where do height and width"
        " stand for each other?",
        "縦と横が同じ大きさなら正しい結果になります。高さと幅を取り違えている"
        "所はありませんか。",
    ),
    "right-if-one-image": Text(
        "With a single image your result is right, with several it is not.",
        "画像が 1 枚なら正しい結果になりますが、複数枚では違います。",
    ),
    "right-if-one-channel": Text(
        "With a single channel your result is right, with several it is not.",
        "チャンネルが 1 つなら正しい結果になりますが、複数では違います。",
    ),
    "right-if-positive": Text(
        "With positive numbers your result is right, with negative ones it is"
        " not.",
        "正の数だけなら正しい結果になりますが、負の数があると違います。",
    ),
    "right-if-whole": Text(
        "With whole numbers your result is right, with fractions it is not.",
        "整数だけなら正しい結果になりますが、小数があると違います。",
    ),
    "arguments-swapped": Text(
        "Two arguments have changed places.",
        "2 つの引数が入れ替わっています。",
    ),
    "argument-off-by-one": Text(
        "The result is right for an argument one larger or smaller.",
        "引数の 1 つが 1 だけ違うときの結果になっています。",
    ),
    "array-ignored": Text(
        "An array that is passed in has no effect on the result.",
        "渡された配列の 1 つが、結果に影響していません。",
    ),
    "array-transposed": Text(
        "The result is right for an array whose height and width have changed"
        " places.",
        "配列の縦と横を入れ替えたときの結果になっています。",
    ),
    "array-reversed": Text(
        "The result is right for an array that runs the other way.",
        "配列を逆向きにしたときの結果になっています。",
    ),
    "array-first-only": Text(
        "The first entry of an array was used in the place of all of them.",
        "配列の最初の要素だけを、すべての代わりに使っています。",
    ),
    "array-last-only": Text(
        "The last entry of an array was used in the place of all of them.",
        "配列の最後の要素だけを、すべての代わりに使っています。",
    ),
}


def pattern_text(name: str, facts: dict[str, str], language: str) -> str:
    """Return the sentence for a pattern, the exact one where it has facts."""
    if name in EXACT and facts:
        return EXACT[name].of(language).format(**facts)
    return PATTERN_TEXTS[name].of(language)
