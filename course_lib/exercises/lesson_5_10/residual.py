"""Exercise 5_10/residual: body and shortcut."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_10.shared import (
    NOT_PASSED_ON,
    PARTS,
    in_and_out,
    random_conv,
    random_norm,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import ReLU
from course_lib.networks import Network, Residual, Sequential
from course_lib.text import Text

# N, C, H, W; filters and stride of the body; whether there is a shortcut
CASES = (
    ((2, 1, 3, 4), 1, 1, False),
    ((3, 2, 4, 3), 2, 1, False),
    ((3, 2, 5, 6), 4, 2, True),
    ((2, 3, 4, 4), 2, 1, True),
    ((2, 2, 6, 5), 2, 2, True),
    ((4, 3, 3, 3), 3, 1, False),
)


def _cases():
    rng = np.random.default_rng(516)
    cases = []
    for shape, F, stride, projects in CASES:
        N, _, H, W = shape
        out = (N, F, -(-H // stride), -(-W // stride))
        x, dout = rng.normal(size=shape), rng.normal(size=out)
        cases.append((x, dout, stride, projects))
    x, dout, *rest = cases[2]
    return [*cases, (x.astype("float32"), dout.astype("float32"), *rest)]


def _run(Layer, x, dout, stride, projects):
    rng = np.random.default_rng(2)
    C, F = x.shape[1], dout.shape[1]
    body = [random_conv(rng, C, F, 3, stride), random_norm(rng, F), ReLU()]
    body = Sequential([*body, random_conv(rng, F, F, 3)])
    shortcut = None
    if projects:
        conv = random_conv(rng, C, F, 1, stride)
        shortcut = Sequential([conv, random_norm(rng, F)])
    count = len(Network([Residual(body, shortcut)]).params)
    layer = Layer(body, shortcut) if projects else Layer(body)
    found = len(Network([layer]).params)
    return *in_and_out(layer, x, dout), found == count


class _Wrong(Residual):
    def forward(self, x, train_flg=True):
        body = self.body.forward(x, train_flg)
        return self.join(body, self.skip(x, train_flg))

    def skip(self, x, train_flg):
        if self.shortcut is None:
            return x
        return self.shortcut.forward(x, train_flg)

    def join(self, body, skip):
        return body + skip

    def back(self, dout):
        return dout if self.shortcut is None else self.shortcut.backward(dout)

    def backward(self, dout):
        return self.body.backward(dout) + self.back(dout)


class _NoGradientOfShortcut(_Wrong):
    def backward(self, dout):
        return self.body.backward(dout)


class _OnlyShortcutBack(_Wrong):
    def backward(self, dout):
        return self.back(dout)


class _BodyOnly(_Wrong):
    def join(self, body, skip):
        return body

    def backward(self, dout):
        return self.body.backward(dout)


class _Minus(_Wrong):
    def join(self, body, skip):
        return body - skip

    def backward(self, dout):
        return self.body.backward(dout) - self.back(dout)


class _MinusForward(_Minus):
    def backward(self, dout):
        return _Wrong.backward(self, dout)


class _Concatenated(_Wrong):
    def join(self, body, skip):
        return np.concatenate([body, skip], axis=1)


class _ReluInside(_Wrong):
    def join(self, body, skip):
        self.mask = body + skip > 0
        return (body + skip) * self.mask

    def backward(self, dout):
        return super().backward(dout * self.mask)


class _ReluForward(_ReluInside):
    def backward(self, dout):
        return _Wrong.backward(self, dout)


class _NoTrainFlag(_Wrong):
    def forward(self, x, train_flg=True):
        return super().forward(x, True)


class _ShortcutTrains(_Wrong):
    def skip(self, x, train_flg):
        return super().skip(x, True)


class _BodyTrains(_Wrong):
    def forward(self, x, train_flg=True):
        body = self.body.forward(x)
        return self.join(body, self.skip(x, train_flg))


class _Multiplied(_Wrong):
    def join(self, body, skip):
        self.pair = body, skip
        return body * skip


class _Halved(_Wrong):
    def join(self, body, skip):
        return (body + skip) / 2

    def backward(self, dout):
        return super().backward(dout) / 2


class _Doubled(_Wrong):
    def backward(self, dout):
        return self.body.backward(dout) * 2


class _Hidden:
    def __init__(self, body, shortcut=None):
        self.inner = _Wrong(body, shortcut)

    def forward(self, x, train_flg=True):
        return self.inner.forward(x, train_flg)

    def backward(self, dout):
        return self.inner.backward(dout)


class _ShortcutOnly(_Wrong):
    def join(self, body, skip):
        return skip


class _ShortcutOnlyBack(_ShortcutOnly):
    def backward(self, dout):
        return self.back(dout)


class _ShortcutTwice(_Wrong):
    def backward(self, dout):
        return self.body.backward(dout) + 2 * self.back(dout)


EXERCISE = Exercise(
    name="residual",
    title=Text("The residual block", "残差ブロック"),
    reference=Residual,
    cases=_cases,
    run=_run,
    parts=(*PARTS, "parameters found"),
    slips=(
        Slip(
            "gradient-of-shortcut-missing",
            Text(
                "out is right, but dx holds the body's gradient alone. x went"
                " two ways, so what comes back on both is added.",
                "out は合っていますが、dx が body の勾配だけです。x は 2 つの"
                "道に分かれたので、両方から戻る勾配を足します。",
            ),
            answer=_NoGradientOfShortcut,
        ),
        Slip(
            "gradient-of-body-missing",
            Text(
                "dx holds the shortcut's gradient alone. The body has read x,"
                " too, and learns only if its backward is called.",
                "dx がショートカットの勾配だけです。body も x を読みましたし、"
                "backward を呼ばないと body は学習できません。",
            ),
            answer=_OnlyShortcutBack,
        ),
        Slip(
            "shortcut-missing",
            Text(
                "This is the body alone: a plain network. Add x, or what the"
                " shortcut makes of it.",
                "body だけの結果で、ふつうのネットワークと同じです。x、または"
                "ショートカットを通した x を足します。",
            ),
            answer=_BodyOnly,
        ),
        Slip(
            "subtracted",
            Text(
                "x was subtracted. The body learns the difference; the block"
                " adds x to it again.",
                "x を引いています。差を学ぶのは body で、ブロックはそれに x を"
                "足します。",
            ),
            answer=_Minus,
            also=(_MinusForward,),
        ),
        Slip(
            "concatenated",
            Text(
                "out has more channels than the body gave: x was put beside"
                " it. A residual block adds number to number.",
                "out のチャンネルが body の出力より多くなっています。x を横に"
                "並べるのではなく、同じ位置の数どうしを足します。",
            ),
            answer=_Concatenated,
            seen=lambda got, x, dout, *case: (
                np.shape(got[0])[1] > dout.shape[1]
            ),
        ),
        Slip(
            "relu-inside",
            Text(
                "No number of out is negative: a ReLU acts inside. Here it"
                " comes behind the block, as a layer of its own.",
                "out に負の数がありません。中で ReLU をかけています。ここで"
                "は、ReLU はブロックの後に別の層として置きます。",
            ),
            answer=_ReluInside,
            also=(_ReluForward,),
        ),
        Slip(
            "averaged",
            Text(
                "out is the mean of both ways. They are added, and nothing"
                " is divided.",
                "2 つの道の平均になっています。足すだけで、割りません。",
            ),
            answer=_Halved,
        ),
        Slip(
            *NOT_PASSED_ON,
            answer=_NoTrainFlag,
            also=(_ShortcutTrains, _BodyTrains),
        ),
        Slip(
            "no-container",
            Text(
                "The numbers are right, but a network finds no parameter in"
                " your class. Keep `Container` in its head, and the method"
                " `children`.",
                "数は合っていますが、ネットワークがこのクラスのパラメータを見"
                "つけられません。クラスの `Container` と、メソッド `children`"
                " を残してください。",
            ),
            answer=_Hidden,
        ),
        Slip(
            "multiplied",
            Text(
                "Body and shortcut were multiplied. They are added.",
                "body とショートカットを掛けています。足します。",
            ),
            answer=_Multiplied,
        ),
        Slip(
            "body-left-out",
            Text(
                "out is the shortcut alone: what the body makes of x is not in"
                " it.",
                "out がショートカットだけです。body の出力が入っていません。",
            ),
            answer=_ShortcutOnly,
            also=(_ShortcutOnlyBack,),
        ),
        Slip(
            "counted-twice",
            Text(
                "out is right, but in dx one of the two ways counts twice."
                " Each of them comes back once.",
                "out は合っていますが、dx で片方の道を 2 回数えています。どち"
                "らも 1 回ずつ足します。",
            ),
            answer=_Doubled,
            also=(_ShortcutTwice,),
        ),
    ),
    hints=(
        Text(
            "Which two ways does x take, and how does its gradient come back"
            " from a sum?",
            "x はどんな 2 つの道を通りますか。足し算を通ると、勾配はどう戻りま"
            "すか。",
        ),
        Text(
            "out = body(x) + x, or + shortcut(x). Backward: both ways get dout"
            " as it is, and what comes back from them is added.",
            "out = body(x) + x、または + shortcut(x) です。逆伝播では、2 つの"
            "道がどちらも dout をそのまま受け取り、戻ってきた勾配を足します。",
        ),
        Text(
            "skip = x if self.shortcut is None else ...",
            "skip = x if self.shortcut is None else ...",
        ),
    ),
)
