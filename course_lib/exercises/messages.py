"""The sentences that checks say, in English and Japanese."""

from __future__ import annotations

from course_lib.text import Text

MESSAGES: dict[str, Text] = {
    "not_attempted": Text(
        "Write your answer in the cell above, run it, then run this again.",
        "上のセルに答えを書いて実行し、もう一度このチェックを実行してください。",
    ),
    "correct": Text(
        "All {count} tries gave the expected result.",
        "{count} 通りの入力すべてで期待どおりの結果になりました。",
    ),
    "correct_value": Text(
        "That is the expected value.", "期待どおりの値です。"
    ),
    "own_package": Text(
        "Note: this is course_lib's own version. It works, but you learn "
        "more by writing it yourself.",
        "補足：これは course_lib の実装そのものです。正しく動きますが、"
        "自分で書くともっと身につきます。",
    ),
    "tried": Text("Tried with: {call}", "試した入力: {call}"),
    "shape": Text(
        "{part}Expected shape {expected}, got {got}.",
        "{part}期待する形状は {expected} ですが、{got} になりました。",
    ),
    "values": Text(
        "{part}{wrong} of {size} entries differ. The first is at {index}: "
        "expected {expected}, got {got}.",
        "{part}{size} 個の要素のうち {wrong} 個が違います。最初の違いは "
        "{index} で、期待する値は {expected}、結果は {got} です。",
    ),
    "single": Text(
        "{part}Expected {expected}, got {got}.",
        "{part}期待する値は {expected} ですが、{got} になりました。",
    ),
    "arrays": Text(
        "Expected:\n{expected}\nGot:\n{got}",
        "期待する結果:\n{expected}\nあなたの結果:\n{got}",
    ),
    "kind": Text(
        "{part}Expected {expected}, got {got}.",
        "{part}{expected} を期待しましたが、{got} が返りました。",
    ),
    "none": Text(
        "{part}The result is None. Is a `return` missing, or not reached?",
        "{part}結果が None です。`return` を書き忘れていませんか。あるいは、"
        "`return` まで進んでいないのかもしれません。",
    ),
    "not_callable": Text(
        "Expected a function or class, got {got}. Pass its name without "
        "calling it.",
        "関数またはクラスを渡してください（渡されたのは {got} です）。"
        "括弧を付けて呼び出さず、名前だけを渡します。",
    ),
    "float_for_integer": Text(
        "{part}Expected the integer {expected}, got the float {got}. Sizes "
        "and indices must be integers: look at `/` and `//`.",
        "{part}整数 {expected} を期待しましたが、小数 {got} になりました。"
        "サイズや添字は整数です。`/` と `//` を見直してください。",
    ),
    "input_changed": Text(
        "Your answer changed its input. Work on a copy, or write to a new "
        "array.",
        "入力の配列が書き換えられています。コピーを使うか、新しい配列に書いて"
        "ください。",
    ),
    "raised": Text(
        "Your code stopped with {error}",
        "コードが途中で止まりました: {error}",
    ),
    "at_line": Text("at line {line}: {text}", "{line} 行目: {text}"),
    "timeout": Text(
        "Stopped after {seconds:g} seconds. Does a loop never end?",
        "{seconds:g} 秒たっても終わらないので止めました。終わらないループが"
        "ありませんか。",
    ),
    "unknown": Text(
        "Lesson {lesson} has no exercise {name!r}. It has: {names}.",
        "レッスン {lesson} に {name!r} という演習はありません。"
        "あるのは {names} です。",
    ),
    "pattern": Text("What is seen: {text}", "結果の特徴: {text}"),
    "slip": Text("What this looks like: {text}", "考えられる原因: {text}"),
    "done": Text(
        "{done} of {total} exercises done.",
        "{total} 問中 {done} 問できました。",
    ),
    "ago_days": Text(
        "Last visit: {n} days ago.", "前回から {n} 日たちました。"
    ),
    "ago_hours": Text(
        "Last visit: {n} hours ago.",
        "前回から {n} 時間たちました。",
    ),
    "ago_minutes": Text(
        "Last visit: {n} minutes ago.",
        "前回から {n} 分たちました。",
    ),
    "ago_now": Text("Last visit: just now.", "前回の学習はついさっきです。"),
    "set_aside": Text(
        "The file of your progress could not be read, or only in part. It "
        "was set aside as {name}; what could be read goes on in a new one.",
        "学習の記録ファイルに読めない所がありました。元のファイルは {name} と"
        "いう名前で残し、読めた分だけを新しい記録に引き継ぎました。",
    ),
    "not_read": Text(
        "Your progress could not be read: {why}.",
        "学習の記録を読めませんでした（{why}）。",
    ),
    "not_kept": Text(
        "Your answer was checked, but the outcome could not be kept in "
        "{path}: {why}.",
        "チェックはできましたが、結果を {path} に記録できませんでした"
        "（{why}）。",
    ),
    "why_full": Text("the disk is full", "ディスクがいっぱいです"),
    "why_denied": Text(
        "writing or reading is not allowed there",
        "読み書きが許可されていません",
    ),
    "hint": Text(
        "Hint {step} of {count}: {text}",
        "ヒント {step}/{count}: {text}",
    ),
    "no_hint": Text(
        "There is no hint here.", "この演習にヒントはありません。"
    ),
    "hints_over": Text(
        "That was the last hint.",
        "ヒントはこれで最後です。",
    ),
    "certificate_open": Text(
        "{missing} exercises are still open. The page is written when all "
        "are done.",
        "まだ {missing} 問残っています。すべてできると、修了証を作れます。",
    ),
    "certificate_name": Text(
        "Everything is done. Write your name between the quotation marks "
        "and run the cell again.",
        "すべてできました。引用符の間に名前を書いて、もう一度セルを実行して"
        "ください。",
    ),
    "certificate_failed": Text(
        "The page could not be written to {path}: {error}",
        "修了証を {path} に書き込めませんでした（{error}）。",
    ),
    "certificate_written": Text(
        "Written: {path}. Open it in a browser and print it.",
        "{path} に保存しました。ブラウザーで開いて印刷できます。",
    ),
    "predicted": Text("You predicted: {text}", "予想：{text}"),
    "came_out": Text("It came out: {text}", "結果：{text}"),
    "compare": Text(
        "Compare it with what you see above.",
        "上の結果と比べてみましょう。",
    ),
    "yours": Text("{name}: your own", "{name}：自分の実装"),
    "courses": Text("{name}: the course's", "{name}：教材の実装"),
    "no_parts": Text(
        "No part has been used yet.", "まだどの部品も使っていません。"
    ),
    "random_shape": Text(
        "More than one result is right, so its properties are checked.",
        "正しい結果は 1 つではないので、結果の性質を確かめます。",
    ),
}

# What a pattern of a difference says; the names are those of patterns.py.
PATTERN_TEXTS: dict[str, Text] = {
    "all-zero": Text(
        "Every entry is 0. Is the result filled, and is it the filled array"
        " that you return?",
        "すべての要素が 0 です。結果を書き込んでいますか。返しているのは"
        "書き込んだ配列ですか。",
    ),
    "not-finite": Text(
        "There are infinities or NaN in the result: a division by 0, or a"
        " number that grew too large.",
        "結果に無限大か NaN があります。0 で割ったか、数が大きくなりすぎて"
        "います。",
    ),
    "negated": Text(
        "The sign is the other way round, everywhere. Which is subtracted"
        " from which?",
        "すべての要素で符号が逆です。何から何を引いていますか。",
    ),
    "one-too-many": Text(
        "The result is one too large. Count a small case on your fingers.",
        "結果が 1 だけ大きくなっています。小さな例を手で数えてみましょう。",
    ),
    "one-too-few": Text(
        "The result is one too small. Count a small case on your fingers.",
        "結果が 1 だけ小さくなっています。小さな例を手で数えてみましょう。",
    ),
    "scaled": Text(
        "The result is the expected one times a constant. Something is"
        " counted, summed or divided once too often, or not at all.",
        "期待する結果の定数倍になっています。足す回数や割る数を見直して"
        "ください。",
    ),
    "offset": Text(
        "The same number is added everywhere. Look at what the sum starts"
        " with, and at what is added once.",
        "すべての要素に同じ数が足されています。合計の初期値や、一度だけ足す"
        "ものを見直してください。",
    ),
    "transposed": Text(
        "The numbers are right, but the axes are in another order. Look at"
        " the numbers of the transpose.",
        "数は合っていますが、軸の順番が違います。transpose に渡す数字を見直"
        "してください。",
    ),
    "mirrored": Text(
        "The numbers are right, but one axis runs the other way. Look at the"
        " direction of the loop or slice.",
        "数は合っていますが、1 つの軸の向きが逆です。ループやスライスの向きを"
        "見直してください。",
    ),
    "moved-by-one": Text(
        "The numbers are right, but sit one place further along an axis."
        " Look at where the window or the slice starts.",
        "数は合っていますが、1 つずれた場所にあります。窓やスライスの始まりを"
        "見直してください。",
    ),
    "reordered": Text(
        "All the numbers are there, but in another order. Look at the order"
        " of the axes before the reshape.",
        "数はすべてそろっていますが、並び順が違います。reshape の前の軸の"
        "順番を見直してください。",
    ),
    "shape-in-other-order": Text(
        "The sizes are right, but belong to other axes. Write the name of"
        " each axis beside its size.",
        "サイズは合っていますが、軸の順番が違います。それぞれのサイズがどの軸の"
        "ものか、名前を書いて確かめましょう。",
    ),
    "shape-off-by-one": Text(
        "The shape is off by one. Look at the bounds of the loop or slice,"
        " and at the formula of the output size.",
        "形状が 1 だけ違います。ループやスライスの範囲、出力サイズの式を"
        "見直してください。",
    ),
    "axes-missing": Text(
        "The result has too few axes. Was an axis summed, or indexed with a"
        " single number?",
        "結果の軸が足りません。軸を合計したり、1 つの番号で取り出したりして"
        "いませんか。",
    ),
    "axes-extra": Text(
        "The result has too many axes. Which one should be summed, or be"
        " joined by a reshape?",
        "結果の軸が多すぎます。どの軸を合計し、あるいは reshape でまとめる"
        "べきでしょうか。",
    ),
    "shape-differs": Text(
        "The shape is not the expected one. Follow it line by line, from the"
        " input to the result.",
        "形状が違います。入力から結果まで、1 行ずつ形状を追ってください。",
    ),
    "one-entry-differs": Text(
        "All entries are right but one. What is special about that one?",
        "1 つを除いてすべて合っています。その要素だけ何が違うのか、見直して"
        "みましょう。",
    ),
    "partly-zero": Text(
        "What is filled is right, but a part is still 0. Look at how far the"
        " loops and slices go.",
        "書き込まれた所は合っていますが、0 のままの所があります。ループや"
        "スライスの範囲を見直してください。",
    ),
    "border-only": Text(
        "The inside is right; only the rim differs. Look at the padding.",
        "内側は合っていて、縁だけが違います。パディングを見直してください。",
    ),
    "first-only": Text(
        "The first entry along the first axis is right, the later ones are"
        " not. Does the loop use its index everywhere?",
        "最初の軸の先頭は合っていますが、そのあとが違います。ループの番号を、"
        "必要な所すべてで使っていますか。",
    ),
    "last-only": Text(
        "The last entry along the first axis is right, the earlier ones are"
        " not. Is a result overwritten in each round?",
        "最初の軸の最後は合っていますが、その前が違います。繰り返しのたびに"
        "結果を上書きしていませんか。",
    ),
    "too-large": Text(
        "No entry is too small, some are too large. Is something added"
        " twice, or not taken off?",
        "小さすぎる要素はなく、大きすぎる要素があります。余分に足しているか、"
        "引き忘れていませんか。",
    ),
    "too-small": Text(
        "No entry is too large, some are too small. Is something left out,"
        " or taken off twice?",
        "大きすぎる要素はなく、小さすぎる要素があります。足し忘れているか、"
        "余分に引いていませんか。",
    ),
}


def say(key: str, language: str, **values: object) -> str:
    """Return the sentence `key` in "en" or "ja" with its values filled in."""
    return MESSAGES[key].of(language).format(**values)


def say_pattern(name: str, language: str) -> str:
    """Return the sentence for a pattern of patterns.py."""
    text = PATTERN_TEXTS[name].of(language)
    return say("pattern", language, text=text)
