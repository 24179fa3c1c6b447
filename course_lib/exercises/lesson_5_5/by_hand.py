"""Exercise 5_5/by_hand: four gradients by hand."""

from __future__ import annotations

from course_lib.exercises.model import Exercise, Slip
from course_lib.exercises.typed import entry_is, other_order
from course_lib.text import Text

EXERCISE = Exercise(
    name="by_hand",
    title=Text("Four gradients by hand", "4 つの勾配を手計算"),
    reference=(4.0, 7.0, 8.0, 5.0),
    parts=("dx2", "dx5", "dw2", "db"),
    slips=(
        Slip(
            "only-the-last-window",
            Text(
                "Each gradient holds one product only. Several windows use"
                " this number: their products add up.",
                "どの勾配にも積が 1 つしか入っていません。その数を使う窓は"
                "複数あります。窓ごとの積を足し合わせます。",
            ),
            answer=(2, -2, -2, -1),
        ),
        Slip(
            "only-the-first-window",
            Text(
                "Each gradient holds the product of the first window only."
                " The other windows that use the number add theirs.",
                "どの勾配にも、最初の窓の積しか入っていません。その数を使う"
                "ほかの窓の積も足し合わせます。",
            ),
            answer=(2, 6, 4, 2),
        ),
        Slip(
            "order-of-values",
            Text(
                "The four numbers are right, but in another order. Wanted are"
                " dx2, dx5, dw2, db.",
                "4 つの数は合っていますが、順番が違います。dx2、dx5、dw2、db "
                "の順です。",
            ),
            seen=other_order(4, 7, 8, 5),
            answer=(7, 4, 8, 5),
        ),
        Slip(
            "filter-not-followed",
            Text(
                "For dx2 or dx5 you multiplied delta n with w n. Look in the"
                " graph which w lies on the pixel in each window.",
                "dx2 か dx5 で、δ の番号と w の番号をそろえて掛けています。そ"
                "れぞれの窓でその画素に重なる w はどれか、グラフで確かめてくだ"
                "さい。",
            ),
            seen=entry_is(4, dx2=(0, (5,)), dx5=(1, (2,))),
            answer=(4, 2, 8, 5),
        ),
        Slip(
            "dx2-one-window",
            Text(
                "dx2 holds one product only. x2 lies in the windows of y1 and"
                " of y2.",
                "dx2 に積が 1 つしか入っていません。x2 は y1 の窓にも y2 の窓"
                "にも入っています。",
            ),
            seen=entry_is(4, dx2=(0, (2,))),
            answer=(2, 7, 8, 5),
        ),
        Slip(
            "sign-of-delta-lost",
            Text(
                "delta 4 is -1, but it was counted as +1. A gradient keeps its"
                " sign.",
                "δ4 は -1 ですが、+1 として計算しています。勾配の符号はそのま"
                "ま使います。",
            ),
            seen=entry_is(4, dx5=(1, (11,)), dw2=(2, (12,)), db=(3, (7,))),
            answer=(4, 11, 12, 7),
        ),
        Slip(
            "last-window-left-out",
            Text(
                "The fourth window is left out. Its delta is negative, but it"
                " counts like the others.",
                "4 つ目の窓が抜けています。δ4 は負の数ですが、ほかと同じように"
                "足します。",
            ),
            seen=entry_is(4, dx5=(1, (9,)), dw2=(2, (10,)), db=(3, (6,))),
            answer=(4, 9, 10, 6),
        ),
        Slip(
            "db-is-mean",
            Text(
                "db is the mean of the deltas. y = ... + b in all four"
                " windows, so four gradients arrive at b.",
                "db が δ の平均になっています。4 つの窓すべてで b を足した"
                "ので、b には 4 つの勾配が届きます。",
            ),
            seen=entry_is(4, db=(3, (1.25,))),
            answer=(4, 7, 8, 1.25),
        ),
        Slip(
            "db-counts-windows",
            Text(
                "db counts the windows. Each of them sends its delta to b,"
                " not 1.",
                "db が窓の個数になっています。それぞれの窓から b に届くのは、1"
                " ではなく δ です。",
            ),
            seen=entry_is(4, db=(3, (4,))),
            answer=(4, 7, 8, 4),
        ),
        Slip(
            "db-is-one",
            Text(
                "db is 1. That is how much one y grows with b; it has still"
                " to be multiplied with delta, and summed over the windows.",
                "db が 1 です。これは b が 1 増えたときに y が増える量です。さ"
                "らに δ を掛けて、4 つの窓で合計します。",
            ),
            seen=entry_is(4, db=(3, (1,))),
            answer=(4, 7, 8, 1),
        ),
    ),
    hints=(
        Text(
            "In which windows does the number lie, and under which w"
            " or x each time?",
            "その数はどの窓に入り、そのたびに何と掛けられていますか。",
        ),
        Text(
            "For each of these windows: delta times the partner in"
            " the product. Then add up.",
            "窓ごとに「δ × 掛けた相手」を求めて、すべて足します。",
        ),
        Text(
            "dx2 = delta_1 * w_2 + delta_2 * w_1",
            "dx2 = delta_1 * w_2 + delta_2 * w_1",
        ),
    ),
)
