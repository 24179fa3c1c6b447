"""The sentences that checks say, in English and Japanese."""

from __future__ import annotations

from course_lib.text import Text

MESSAGES: dict[str, Text] = {
    "not_attempted": Text(
        "Write your answer in the cell above, run it, then run this again.",
        "上のセルに答えを書いて実行し、もう一度このチェックを実行してくださ"
        "い。",
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
    "tried": Text("Tried with: {call}", "試した入力：{call}"),
    "shape": Text(
        "{part}Expected shape {expected}, got {got}.",
        "{part}期待する形状は {expected} ですが、{got} になりました。",
    ),
    "values": Text(
        "{part}{wrong} of {size} numbers differ. The first is at {index}:"
        " expected {expected}, got {got}.",
        "{part}{size} 個の数のうち {wrong} 個が違います。最初の違いは位置"
        " {index} で、期待する値は {expected}、結果は {got} です。",
    ),
    "single": Text(
        "{part}Expected {expected}, got {got}.",
        "{part}期待する値は {expected} ですが、{got} になりました。",
    ),
    "typed_single": Text(
        "{part}{got} is not right yet.",
        "{part}{got} はまだ正しくありません。",
    ),
    "typed_values": Text(
        "{part}{wrong} of {size} numbers are not right yet. The first is at"
        " {index}: you wrote {got}.",
        "{part}{size} 個の数のうち {wrong} 個がまだ正しくありません。最初は位"
        "置 {index} で、{got} と書かれています。",
    ),
    "expected_array": Text("Expected:", "期待する結果："),
    "got_array": Text("Got:", "あなたの結果："),
    "kind": Text(
        "{part}Expected {expected}, got {got}.",
        "{part}{expected}になるはずですが、{got}になっています。",
    ),
    "none": Text(
        "{part}The result is None. Is a `return` missing, or not reached?",
        "{part}結果が None です。`return` を書き忘れていませんか。あるいは、"
        "`return` まで進んでいないのかもしれません。",
    ),
    "none_part": Text(
        "{part}This is None: it never got a value.",
        "{part}None のままで、値が入っていません。",
    ),
    "none_value": Text(
        "The value is None. Was the name set by a function that prints or"
        " changes something but returns nothing?",
        "値が None です。何も返さない関数の結果を代入していませんか。",
    ),
    "not_callable": Text(
        "A function or class is wanted here, but {got} was passed. Pass its"
        " name alone, without calling it.",
        "ここには関数かクラスを渡しますが、{got}が渡されました。括弧を付けて呼"
        "び出さず、名前だけを渡します。",
    ),
    "class_wanted": Text(
        "This exercise asks for a class: pass its name, without `()`.",
        "この演習で渡すのはクラスです。`()` を付けず、名前だけを渡します。",
    ),
    "float_for_integer": Text(
        "{part}Expected the integer {expected}, got the float {got}. Sizes and"
        " indices must be integers: look at `/` and `//`.",
        "{part}整数 {expected} になるはずですが、小数 {got} になりました。サイ"
        "ズや添字は整数です。`/` と `//` を見直してください。",
    ),
    "input_changed": Text(
        "Your answer changed what it was given. Work on a copy, or write to a"
        " new array.",
        "渡された配列が書き換えられています。コピーを使うか、新しい配列に書い"
        "てください。",
    ),
    "input_changed_name": Text(
        "Your answer changed `{name}`, which it was given. Work on a copy, or"
        " write to a new array.",
        "渡された `{name}` が書き換えられています。コピーを使うか、新しい配列"
        "に書いてください。",
    ),
    "second_call": Text(
        "The second call gave another result for the same input. Is something"
        " kept between the calls, in a global name, in a default argument or"
        " in the class?",
        "同じ入力でもう一度呼び出すと、違う結果になりました。グローバル変数、"
        "引数の既定値、クラスの中などに、前の結果が残っていませんか。",
    ),
    "result_moved": Text(
        "A result changed after it had been returned: a later call wrote to"
        " the same array. Make a new array in each call.",
        "返した結果が、あとの呼び出しで書き換わりました。同じ配列を使い回して"
        "います。呼び出すたびに新しい配列を作ってください。",
    ),
    "raised": Text(
        "Your code stopped with an error:", "コードが途中で止まりました："
    ),
    "at_line": Text("At line {line}:", "{line} 行目："),
    "unusable": Text(
        "Your answer returned {got}, with which the check cannot go on.",
        "答えから{got}が返されましたが、チェックの続きに使えません。",
    ),
    "unusable_error": Text("Then came:", "続きで起きたエラー："),
    "timeout": Text(
        "Stopped after {seconds:g} seconds. Does a loop never end?",
        "{seconds:g} 秒たっても終わらないので止めました。終わらないループがあ"
        "りませんか。",
    ),
    "too_deep": Text(
        "Stopped, because a function called itself more than {count:,} times."
        " Does the recursion never end?",
        "関数が自分自身を {count:,} 回より多く呼び出したので止めました。再帰に"
        "終わりがありますか。",
    ),
    "random_kind": Text(
        "The result holds numbers that are not finite (infinity or NaN).",
        "結果に有限でない数（無限大か NaN）があります。",
    ),
    "case_prefix": Text("In the case shown: {text}", "下の入力では：{text}"),
    "unknown": Text(
        "Lesson {lesson} has no exercise {name!r}. It has: {names}.",
        "レッスン {lesson} に {name!r} という演習はありません。"
        "あるのは {names} です。",
    ),
    "pattern": Text("What is seen: {text}", "結果の特徴：{text}"),
    "slip": Text("What this looks like: {text}", "考えられる原因：{text}"),
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
        "ヒント {step}/{count}：{text}",
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


def say(key: str, language: str, **values: object) -> str:
    """Return the sentence `key` in "en" or "ja" with its values filled in."""
    return MESSAGES[key].of(language).format(**values)
