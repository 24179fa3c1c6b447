"""Exercise 5_6/backward: the class: backward."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_6.shared import (
    DOUT_AXES,
    DOUT_RESHAPED,
    OVERWRITTEN,
    DoutReshaped,
    Overwritten,
    Rows,
    dout_axes,
    dout_axes_seen,
    images_with_dout,
    run_backward,
)
from course_lib.exercises.model import Exercise, Slip
from course_lib.layers import MaxPooling
from course_lib.text import Text


class _AllTies(Rows):
    def share(self, rows):
        return rows == rows.max(axis=1, keepdims=True)


class _TiesShared(_AllTies):
    def share(self, rows):
        tied = super().share(rows)
        return tied / tied.sum(axis=1, keepdims=True)


class _LastTie(Rows):
    def share(self, rows):
        return super().share(rows[:, ::-1])[:, ::-1]


class _Evenly(Rows):
    def share(self, rows):
        return np.full(rows.shape, 1 / rows.shape[1])


class _Ones(Rows):
    def flat(self, dout):
        return super().flat(np.ones_like(dout))


EXERCISE = Exercise(
    name="backward",
    title=Text("The class: backward", "クラスの逆伝播"),
    reference=MaxPooling,
    cases=images_with_dout,
    run=run_backward,
    parts=("out", "dx"),
    slips=(
        Slip(
            "all-ties-get-gradient",
            Text(
                "Where several pixels of a window are equally large, each"
                " got the whole gradient. Only one may, the first.",
                "窓の中に同じ最大値がいくつかあるとき、そのすべてに勾配が"
                "丸ごと届いています。届けるのは最初の 1 つだけです。",
            ),
            answer=_AllTies,
        ),
        Slip(
            "ties-share-gradient",
            Text(
                "Equally large pixels share the gradient. That could be"
                " defended, but here the first one gets it all, as with"
                " np.argmax.",
                "同じ最大値の画素で勾配を分け合っています。そういう考え方"
                "もありますが、ここでは np.argmax と同じく、最初の 1 つに"
                "すべて届けます。",
            ),
            answer=_TiesShared,
        ),
        Slip(
            "last-of-ties",
            Text(
                "Of equally large pixels the last one got the gradient."
                " np.argmax takes the first.",
                "同じ最大値の画素のうち、最後のものに勾配が届いています。"
                "np.argmax が選ぶのは最初のものです。",
            ),
            answer=_LastTie,
        ),
        Slip("overlaps-overwritten", OVERWRITTEN, answer=Overwritten),
        Slip(
            "dout-reshaped-not-transposed",
            DOUT_RESHAPED,
            answer=DoutReshaped,
        ),
        Slip(
            *DOUT_AXES,
            answer=dout_axes((0, 3, 2, 1)),
            seen=dout_axes_seen(),
        ),
        Slip(
            "spread-evenly",
            Text(
                "The gradient was shared by all pixels of a window. That"
                " is average pooling; here the largest gets it all.",
                "勾配が窓の中の全画素に分けられています。それは平均プーリ"
                "ングです。ここでは最大の画素がすべて受け取ります。",
            ),
            answer=_Evenly,
        ),
        Slip(
            "ones-for-dout",
            Text(
                "dx counts how often a pixel won. Each win must bring the"
                " number of dout, not 1.",
                "dx が、最大になった回数になっています。1 ではなく dout の"
                "値を届けます。",
            ),
            answer=_Ones,
        ),
    ),
    hints=(
        Text(
            "What did forward do step by step? Which step undoes each?",
            "順伝播では何をどの順に行いましたか。それぞれを逆にたどる"
            "操作は何ですか。",
        ),
        Text(
            "put_back gives rows of PH*PW; col2im wants rows of C*PH*PW:"
            " the reshape of forward, backwards.",
            "put_back の行の幅は PH*PW、col2im が受け取る行の幅は C*PH*PW "
            "です。順伝播の reshape を逆に行います。",
        ),
        Text(
            "rows = check.use('put_back')(dout, self.argmax, PH * PW)",
            "rows = check.use('put_back')(dout, self.argmax, PH * PW)",
        ),
    ),
)
