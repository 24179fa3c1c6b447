"""Exercise 5_11/separable_cost: what depthwise and pointwise cost."""

from __future__ import annotations

from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def separable_cost(c_i, c_o, k, h, w):
    """Return (parameters, MACs) of depthwise, then pointwise."""
    parameters = c_i * k * k + c_i * c_o
    return parameters, parameters * h * w


def _other(count, area=lambda h, w: h * w):
    """Return an answer with other parameters, or other places."""

    def answer(c_i, c_o, k, h, w):
        parameters = count(c_i, c_o, k)
        return parameters, parameters * area(h, w)

    return answer


def _right(c_i, c_o, k):
    return c_i * k * k + c_i * c_o


EXERCISE = Exercise(
    name="separable_cost",
    title=Text(
        "The cost of a separable convolution", "分離した畳み込みの計算量"
    ),
    reference=separable_cost,
    tolerance=0,
    parts=("parameters", "MACs"),
    cases=lambda: [
        (4, 8, 3, 5, 6),
        (16, 5, 5, 7, 4),
        (3, 10, 1, 8, 9),
        (6, 6, 3, 4, 7),
        (512, 1024, 3, 7, 5),
        (1, 2, 7, 10, 3),
    ],
    slips=(
        Slip(
            "full-convolution",
            Text(
                "This is the cost of an ordinary convolution: every filter on"
                " every channel. Here the two jobs are done one after the"
                " other.",
                "普通の畳み込みの計算量です。すべてのフィルターがすべてのチャ"
                "ンネルを見ています。ここでは 2 つの仕事を順に行います。",
            ),
            _other(lambda c_i, c_o, k: c_i * c_o * k * k),
        ),
        Slip(
            "multiplied-not-added",
            Text(
                "The two parts were multiplied. They come one after the other:"
                " their costs add up.",
                "2 つの部分を掛けています。順に行うので、コストは足し算です。",
            ),
            _other(lambda c_i, c_o, k: c_i * k * k * c_i * c_o),
        ),
        Slip(
            "depthwise-only",
            Text(
                "This is the depthwise part alone. The pointwise part that"
                " follows has weights too.",
                "depthwise の部分だけです。続く pointwise の部分にも重みがあり"
                "ます。",
            ),
            _other(lambda c_i, c_o, k: c_i * k * k),
            also=(_other(lambda c_i, c_o, k: c_o * k * k),),
        ),
        Slip(
            "pointwise-only",
            Text(
                "This is the pointwise part alone. The depthwise part before"
                " it has weights too.",
                "pointwise の部分だけです。その前の depthwise の部分にも重みが"
                "あります。",
            ),
            _other(lambda c_i, c_o, k: c_i * c_o),
        ),
        Slip(
            "depthwise-filters-for-outputs",
            Text(
                "The depthwise part was given c_o filters. It has one for each"
                " channel that comes in: c_i. The slide's c_o k^2 holds for"
                " c_o = c_i.",
                "depthwise のフィルターを c_o 個と数えています。入ってくるチャ"
                "ンネルごとに 1 個なので、c_i 個です（スライドの c_o k^2 は"
                " c_o = c_i の場合です）。",
            ),
            _other(lambda c_i, c_o, k: c_o * k * k + c_i * c_o),
        ),
        Slip(
            "k-not-squared",
            Text(
                "k stands for one side of the filter. It has k * k weights.",
                "k はフィルターの一辺です。重みは k * k 個あります。",
            ),
            _other(lambda c_i, c_o, k: c_i * k + c_i * c_o),
            also=(_other(lambda c_i, c_o, k: c_i * 2 * k + c_i * c_o),),
        ),
        Slip(
            "pointwise-with-k",
            Text(
                "The pointwise filters were given k * k pixels. They have one"
                " pixel: that is their point.",
                "pointwise のフィルターを k * k 画素と数えています。1 画素だけ"
                "なのが pointwise です。",
            ),
            _other(lambda c_i, c_o, k: c_i * k * k + c_i * c_o * k * k),
        ),
        Slip(
            "pointwise-square",
            Text(
                "The pointwise part makes c_o maps of c_i: it has c_i * c_o"
                " weights.",
                "pointwise の部分は c_i 枚から c_o 枚を作るので、重みは c_i *"
                " c_o 個です。",
            ),
            _other(lambda c_i, c_o, k: c_i * k * k + c_i * c_i),
            also=(
                _other(lambda c_i, c_o, k: c_i * k * k + c_o * c_o),
                _other(lambda c_i, c_o, k: c_i * k * k + c_o),
                _other(lambda c_i, c_o, k: c_i * k * k + c_i + c_o),
            ),
        ),
        Slip(
            "biases-counted",
            Text(
                "The biases are counted too. As on the slide they are left"
                " out here.",
                "バイアスも数えています。スライドと同じく、ここでは数えませ"
                "ん。",
            ),
            _other(lambda c_i, c_o, k: c_i * k * k + c_i + c_i * c_o + c_o),
            also=(
                lambda c_i, c_o, k, h, w: (
                    _right(c_i, c_o, k) + c_i + c_o,
                    _right(c_i, c_o, k) * h * w,
                ),
                _other(lambda c_i, c_o, k: c_i * k * k + c_i * c_o + c_o),
            ),
        ),
        Slip(
            "places-of-one-side",
            Text(
                "The parameters are right. The filters stand at h * w places:"
                " look at the MACs.",
                "パラメータ数は合っています。フィルターを置く場所は h * w か所"
                "です。積和の回数を見直しましょう。",
            ),
            _other(_right, lambda h, w: h),
            also=(
                _other(_right, lambda h, w: w),
                _other(_right, lambda h, w: h * h),
                _other(_right, lambda h, w: w * w),
                _other(_right, lambda h, w: h + w),
                _other(_right, lambda h, w: 1),
            ),
        ),
        Slip(
            "places-too-few",
            Text(
                "The parameters are right. h and w are the size of the maps"
                " that come out: nothing is to be taken off for the filter.",
                "パラメータ数は合っています。h と w は出力マップの大きさなの"
                "で、フィルターの分を引く必要はありません。",
            ),
            lambda c_i, c_o, k, h, w: (
                _right(c_i, c_o, k),
                _right(c_i, c_o, k) * (h - k + 1) * (w - k + 1),
            ),
            also=(
                lambda c_i, c_o, k, h, w: (
                    _right(c_i, c_o, k),
                    c_i * k * k * (h - k + 1) * (w - k + 1)
                    + c_i * c_o * h * w,
                ),
            ),
        ),
        Slip(
            "counted-twice",
            Text(
                "The MACs are twice as many: a multiplication and its addition"
                " count as one.",
                "積和の回数がちょうど 2 倍です。掛け算と足し算の 1 組を 1 回と"
                "数えます。",
            ),
            _other(_right, lambda h, w: 2 * h * w),
        ),
        Slip(
            "places-for-one-part",
            Text(
                "The parameters are right. Both parts work at every one of"
                " the h * w places, not only one of them.",
                "パラメータ数は合っています。h * w か所で計算するのは、片方で"
                "はなく両方の部分です。",
            ),
            lambda c_i, c_o, k, h, w: (
                _right(c_i, c_o, k),
                c_i * k * k * h * w + c_i * c_o,
            ),
            also=(
                lambda c_i, c_o, k, h, w: (
                    _right(c_i, c_o, k),
                    c_i * k * k + c_i * c_o * h * w,
                ),
            ),
        ),
        Slip(
            "other-order",
            Text(
                "Both numbers are right, but swapped: the parameters first.",
                "2 つの数は合っていますが、順番が逆です。パラメータ数が先で"
                "す。",
            ),
            lambda *case: separable_cost(*case)[::-1],
        ),
    ),
    hints=(
        Text(
            "How many weights has the depthwise part, how many the pointwise"
            " part?",
            "depthwise の部分と pointwise の部分には、重みがそれぞれいくつあり"
            "ますか。",
        ),
        Text(
            "c_i filters of k x k, then c_o filters of 1 x 1 with c_i channels"
            " each. Every weight is used once at each of h * w places.",
            "k × k のフィルターが c_i 個、続いて c_i チャンネルの 1 × 1 のフ"
            "ィルターが c_o 個です。どの重みも h * w か所で 1 回ずつ使われま"
            "す。",
        ),
        Text(
            "depthwise = c_i * k * k",
            "depthwise = c_i * k * k",
        ),
    ),
)
