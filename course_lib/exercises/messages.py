"""The sentences that checks say, in English and Japanese."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "not_attempted": (
        "Write your answer in the cell above, run it, then run this again.",
        "上のセルに答えを書いて実行し、もう一度このチェックを実行してください。",
    ),
    "correct": (
        "All {count} tries gave the expected result.",
        "{count} 通りの入力すべてで期待どおりの結果になりました。",
    ),
    "correct_value": ("That is the expected value.", "期待どおりの値です。"),
    "own_package": (
        "Note: this is course_lib's own version. It works, but you learn "
        "more by writing it yourself.",
        "補足：これは course_lib の実装そのものです。正しく動きますが、"
        "自分で書くともっと身につきます。",
    ),
    "tried": ("Tried with: {call}", "試した入力: {call}"),
    "shape": (
        "{part}Expected shape {expected}, got {got}.",
        "{part}期待する形状は {expected} ですが、{got} になりました。",
    ),
    "values": (
        "{part}{wrong} of {size} entries differ. The first is at {index}: "
        "expected {expected}, got {got}.",
        "{part}{size} 個の要素のうち {wrong} 個が違います。最初の違いは "
        "{index} で、期待する値は {expected}、結果は {got} です。",
    ),
    "single": (
        "{part}Expected {expected}, got {got}.",
        "{part}期待する値は {expected} ですが、{got} になりました。",
    ),
    "arrays": (
        "Expected:\n{expected}\nGot:\n{got}",
        "期待する結果:\n{expected}\nあなたの結果:\n{got}",
    ),
    "kind": (
        "{part}Expected {expected}, got {got}.",
        "{part}{expected} を期待しましたが、{got} が返りました。",
    ),
    "none": (
        "The result is None. Is a `return` missing, or not reached?",
        "結果が None です。`return` を書き忘れたか、そこに到達していません。",
    ),
    "not_callable": (
        "Expected a function or class, got {got}. Pass its name without "
        "calling it.",
        "関数またはクラスを渡してください（渡されたのは {got} です）。"
        "括弧を付けて呼び出さず、名前だけを渡します。",
    ),
    "float_for_integer": (
        "{part}Expected the integer {expected}, got the float {got}. Sizes "
        "and indices must be integers: look at `/` and `//`.",
        "{part}整数 {expected} を期待しましたが、小数 {got} になりました。"
        "サイズや添字は整数です。`/` と `//` を見直してください。",
    ),
    "input_changed": (
        "Your answer changed its input. Work on a copy, or write to a new "
        "array.",
        "入力の配列が書き換えられています。コピーを使うか、新しい配列に書いて"
        "ください。",
    ),
    "raised": (
        "Your code stopped with {error}",
        "コードが途中で止まりました: {error}",
    ),
    "at_line": ("at line {line}: {text}", "{line} 行目: {text}"),
    "timeout": (
        "Stopped after {seconds:g} seconds. Does a loop never end?",
        "{seconds:g} 秒たっても終わらないので止めました。終わらないループが"
        "ありませんか。",
    ),
    "unknown": (
        "Lesson {lesson} has no exercise {name!r}. It has: {names}.",
        "レッスン {lesson} に {name!r} という演習はありません。"
        "あるのは {names} です。",
    ),
    "slip": ("What this looks like: {text}", "考えられる原因: {text}"),
    "done": (
        "{done} of {total} exercises done.",
        "{total} 問中 {done} 問できました。",
    ),
    "ago_days": ("Last visit: {n} days ago.", "前回から {n} 日たちました。"),
    "ago_hours": (
        "Last visit: {n} hours ago.",
        "前回から {n} 時間たちました。",
    ),
    "ago_minutes": (
        "Last visit: {n} minutes ago.",
        "前回から {n} 分たちました。",
    ),
    "ago_now": ("Last visit: just now.", "前回の学習はついさっきです。"),
    "set_aside": (
        "The file of your progress could not be read. It was set aside as "
        "{name}, and a new one was begun.",
        "学習の記録ファイルを読めませんでした。{name} という名前で残し、"
        "新しい記録を始めました。",
    ),
    "hint": (
        "Hint {step} of {count}: {text}",
        "ヒント {step}/{count}: {text}",
    ),
    "no_hint": ("There is no hint here.", "この演習にヒントはありません。"),
    "hints_over": (
        "That was the last hint.",
        "ヒントはこれで最後です。",
    ),
    "certificate_open": (
        "{missing} exercises are still open. The page is written when all "
        "are done.",
        "まだ {missing} 問残っています。すべてできると、修了証を作れます。",
    ),
    "certificate_written": (
        "Written: {path}. Open it in a browser and print it.",
        "{path} に保存しました。ブラウザーで開いて印刷できます。",
    ),
    "random_shape": (
        "The numbers are random, so only their properties are checked.",
        "乱数を使うため、結果の性質だけを確かめます。",
    ),
}


def say(key: str, language: str, **values: object) -> str:
    """Return the sentence `key` in "en" or "ja" with its values filled in."""
    return MESSAGES[key][language == "ja"].format(**values)
