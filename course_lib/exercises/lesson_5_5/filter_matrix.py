"""Exercise 5_5/filter_matrix: filters as columns."""

from __future__ import annotations

import numpy as np

from course_lib.exercises.lesson_5_5.shared import layer_cases
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _filters():
    return [(case[1],) for case in layer_cases()]


def filter_matrix(W):
    """Return filters (FN, C, FH, FW) as columns (C*FH*FW, FN)."""
    return W.reshape(len(W), -1).T


def _first_column_filled(W):
    out = np.zeros((W[0].size, len(W)))
    out[:, 0] = W[0].ravel()
    return out


EXERCISE = Exercise(
    name="filter_matrix",
    title=Text("Filters as columns", "フィルターを列に並べる"),
    reference=filter_matrix,
    cases=_filters,
    slips=(
        Slip(
            "reshape-for-transpose",
            Text(
                "The shape is right, but each column mixes numbers of"
                " several filters. First give every filter one row, then"
                " think.",
                "形状は合っていますが、1 つの列に複数のフィルターの数が混"
                "ざっています。まず 1 つのフィルターを 1 行に並べてみまし"
                "ょう。",
            ),
            answer=lambda W: W.reshape(-1, len(W)),
        ),
        Slip(
            "filters-as-rows",
            Text(
                "Every filter is a row. For col @ ... each filter must be"
                " a column.",
                "フィルターが行に並んでいます。col @ ... と掛けるには、1 "
                "つのフィルターが 1 列になっている必要があります。",
            ),
            answer=lambda W: W.reshape(len(W), -1),
        ),
        Slip(
            "channels-last",
            Text(
                "The numbers of a filter stand with the channel last."
                " im2col puts the channel first: C, FH, FW.",
                "フィルター内の並びで、チャンネルが最後になっています。"
                "im2col の列は C, FH, FW の順です。",
            ),
            answer=lambda W: W.transpose(0, 2, 3, 1).reshape(len(W), -1).T,
        ),
        Slip(
            "axes-reversed",
            Text(
                "The numbers of a filter run with the height fastest, as"
                " after `.T` of four axes or in Fortran order. im2col has C,"
                " FH, FW, the width fastest.",
                "フィルターの数が、縦方向がいちばん速く変わる順に並んでいます"
                "（4 つの軸を `.T` で逆にした順です）。im2col の列は C, FH, FW"
                " の順で、横方向がいちばん速く変わります。",
            ),
            answer=lambda W: W.T.reshape(-1, len(W)),
        ),
        Slip(
            "height-and-width-swapped",
            Text(
                "Within a filter FH and FW have changed places. im2col has C,"
                " FH, FW.",
                "フィルターの中で FH と FW の順が入れ替わっています。im2col の"
                "列は C, FH, FW の順です。",
            ),
            answer=lambda W: W.swapaxes(2, 3).reshape(len(W), -1).T,
        ),
        Slip(
            "kernel-flipped",
            Text(
                "The filters were turned by 180 degrees. Here they stay as"
                " they are.",
                "フィルターを 180 度回しています。ここではそのままの向きで並べ"
                "ます。",
            ),
            answer=lambda W: W[:, :, ::-1, ::-1].reshape(len(W), -1).T,
            also=(lambda W: W.reshape(len(W), -1)[:, ::-1].T,),
        ),
        Slip(
            "first-channel-only",
            Text(
                "Only the first channel of each filter is there. A column"
                " holds all C·FH·FW numbers.",
                "各フィルターの最初のチャンネルしかありません。1 列には"
                " C·FH·FW 個の数がすべて入ります。",
            ),
            answer=lambda W: W[:, 0].reshape(len(W), -1).T,
        ),
        Slip(
            "channels-summed",
            Text(
                "The channels of a filter were summed. Keep them apart: a"
                " column holds C·FH·FW numbers.",
                "フィルターのチャンネルを合計しています。合計せずに並べます。"
                "1 列には C·FH·FW 個の数が入ります。",
            ),
            answer=lambda W: W.sum(axis=1).reshape(len(W), -1).T,
        ),
        Slip(
            "all-in-one-row",
            Text(
                "All filters stand in one line. Each one needs a column of"
                " its own.",
                "すべてのフィルターが 1 本につながっています。フィルターごとに"
                " 1 列にします。",
            ),
            answer=lambda W: W.reshape(-1),
            also=(lambda W: W.reshape(-1, 1), lambda W: W.reshape(1, -1)),
        ),
        Slip(
            "first-filter-only",
            Text(
                "Only the first filter is there. The matrix has FN columns.",
                "最初のフィルターしかありません。行列には FN 個の列がありま"
                "す。",
            ),
            answer=lambda W: W[0].reshape(-1, 1),
            also=(lambda W: W[0].reshape(-1),),
        ),
        Slip(
            "return-in-loop",
            Text(
                "The first column is filled, the others are still 0. Is the"
                " `return` indented into the loop?",
                "最初の列だけが埋まり、残りは 0 のままです。`return` がループ"
                "の中に入っていませんか。",
            ),
            answer=_first_column_filled,
        ),
        Slip(
            "c-for-fn",
            Text(
                "The channels are taken for the filters. In (FN, C, FH, FW)"
                " the filters are axis 0.",
                "チャンネルをフィルターと取り違えています。(FN, C, FH, FW) で"
                "は、軸 0 がフィルターです。",
            ),
            answer=lambda W: W.reshape(W.shape[1], -1).T,
            also=(
                lambda W: W.transpose(1, 0, 2, 3).reshape(W.shape[1], -1).T,
            ),
        ),
    ),
    hints=(
        Text(
            "Where does one filter lie in the memory of W: in one"
            " piece or scattered?",
            "1 つのフィルターの数は、W の中でひと続きですか、ばらばらですか。",
        ),
        Text(
            "Each filter is one piece. Give each a row first; then"
            " rows become columns.",
            "ひと続きです。まず 1 つを 1 行に並べ、それから行を列にします。",
        ),
        Text(
            "W.reshape(FN, -1)",
            "W.reshape(FN, -1)",
        ),
    ),
)
