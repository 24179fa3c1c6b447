"""Exercise 5_5/filter_matrix: filters as columns."""

from __future__ import annotations

from course_lib.exercises.lesson_5_5.shared import layer_cases
from course_lib.exercises.model import Exercise, Slip
from course_lib.text import Text


def _filters():
    return [(case[1],) for case in layer_cases()]


def filter_matrix(W):
    """Return filters (FN, C, FH, FW) as columns (C*FH*FW, FN)."""
    return W.reshape(len(W), -1).T


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
