"""Exceptions of Python itself, told in the words of the course."""

from __future__ import annotations

from course_lib.exercises.error_kinds import Kind
from course_lib.text import Text

KINDS = (
    Kind(
        "shape-has-fewer-entries",
        r"tuple index out of range",
        Text(
            "A shape has one number for each axis, and the first is"
            " `shape[0]`. Here more were asked for than there are.",
            "shape には軸の数だけ要素があり、最初は `shape[0]` です。存在しな"
            "い番号を使っています。",
        ),
    ),
    Kind(
        "list-index-outside",
        r"(list|string)( assignment)? index out of range|pop from empty",
        Text(
            "The list has fewer entries than the index asks for. How many does"
            " it have at that moment? A list grows with `append`.",
            "リストの要素の数より大きい番号を使っています。そのときの要素はい"
            "くつですか。リストに足すには `append` を使います。",
        ),
    ),
    Kind(
        "used-before-set",
        r"UnboundLocalError: .*variable '(?P<name>\w+)'",
        Text(
            "`{name}` is used before it gets a value inside the function. Is"
            " the line that sets it missing, or further down?",
            "関数の中で、値が入る前の `{name}` を使っています。値を入れる行が"
            "抜けていないか、後ろにないか、確かめてください。",
        ),
    ),
    Kind(
        "self-not-an-argument",
        r"NameError: name 'self'",
        Text(
            "`self` is known only where it is the first argument: `def"
            " forward(self, x):`.",
            "`self` が使えるのは、`def forward(self, x):` のように最初の引数に"
            "書いたときだけです。",
        ),
    ),
    Kind(
        "name-not-defined",
        r"NameError: name '(?P<name>\w+)'",
        Text(
            "Nothing is called `{name}` here. Is it misspelt, or is the line"
            " that sets it missing? Should it be `self.{name}`, or was an"
            " earlier cell not run?",
            "`{name}` という名前はありません。つづりを間違えていないか、値を入"
            "れる行が抜けていないか、前のセルを実行したか、確かめてください。"
            "`self.{name}` ではありませんか。",
        ),
    ),
    Kind(
        "is-none",
        r"NoneType",
        Text(
            "Something is None that should hold a value. Does a function lack"
            " its `return`, or did `forward` not keep what `backward` needs?",
            "値があるはずの所が None です。関数の `return` を忘れていないか、"
            "`backward` で使うものを `forward` で残しているか、確かめてくださ"
            "い。",
        ),
    ),
    Kind(
        "dict-gives-names",
        r"'str' object has no attribute '(?P<name>\w+)'",
        Text(
            "A loop over a dict gives the names of its entries. The entries"
            " themselves, here the layers, are in `.values()`.",
            "辞書を `for` で回すと、名前が順に出てきます。値（ここでは層）を取"
            "り出すには `.values()` を使います。",
        ),
    ),
    Kind(
        "list-for-array",
        r"'(list|tuple)' object has no attribute '(?P<name>\w+)'"
        r"|list indices must be integers or slices, not"
        r"|can't multiply sequence|can only concatenate (list|tuple)"
        r"|bad operand type for unary .: '(list|tuple)'"
        r"|not supported between instances of '(list|tuple)'"
        r"|unsupported operand type.* '(list|tuple)'",
        Text(
            "A list or tuple stands where an array is wanted: it does not"
            " calculate entry by entry. `np.array(...)` makes an array of it.",
            "配列であるべき所に、リストかタプルがあります。そのままでは要素ご"
            "との計算ができません。`np.array(...)` で配列にします。",
        ),
    ),
    Kind(
        "array-does-not-grow",
        r"'numpy\.ndarray' object has no attribute '(append|extend)'",
        Text(
            "An array does not grow. Collect in a list with `append` and make"
            " an array of it at the end, or make the whole array first and"
            " fill it.",
            "配列は後から伸ばせません。リストに `append` で集めて最後に配列に"
            "するか、先に全体の配列を作って書き込みます。",
        ),
    ),
    Kind(
        "class-for-object",
        r"type object '(?P<owner>\w+)' has no attribute '(?P<name>\w+)'",
        Text(
            "`{owner}` is the class; only an object of it, made with"
            " `{owner}(...)`, has `.{name}`.",
            "`{owner}` はクラスです。`.{name}` を持つのは、`{owner}(...)` で作"
            "ったオブジェクトだけです。",
        ),
    ),
    Kind(
        "class-for-object",
        r"(?P<owner>\w+)\.(?P<name>forward|backward)\(\) missing 1 required",
        Text(
            "`{name}` was called on the class `{owner}`, or with an argument"
            " missing. Make an object first, `layer = {owner}(...)`, and call"
            " `layer.{name}(...)`.",
            "クラス `{owner}` に対して `{name}` を呼んでいるか、引数が足りませ"
            "ん。まず `layer = {owner}(...)` でオブジェクトを作り、"
            "`layer.{name}(...)` と呼びます。",
        ),
    ),
    Kind(
        "layer-without-method",
        r"AttributeError: '(?P<owner>\w+)' object has no attribute"
        r" '(?P<name>forward|backward)'",
        Text(
            "`{owner}` has no method `{name}`. Is its `def` indented, so that"
            " it belongs to the class, and spelt alike?",
            "`{owner}` に `{name}` というメソッドがありません。`def` を字下げ"
            "してクラスの中に入れましたか。つづりは合っていますか。",
        ),
    ),
    Kind(
        "attribute-missing",
        r"AttributeError: (?P<owner>.*) has no attribute '(?P<name>\w+)'",
        Text(
            "`.{name}` does not exist there. Is it misspelt, or was it never"
            " set, as with `self.{name} = ...`?",
            "`.{name}` はありません。つづりを間違えていないか、`self.{name} ="
            " ...` のように値を入れたか、確かめてください。",
        ),
    ),
    Kind(
        "key-missing",
        r"KeyError: (?P<key>.+)",
        Text(
            "There is no entry {key}. Compare the names, letter by letter.",
            "{key} という項目はありません。名前を 1 文字ずつ見比べてくださ"
            "い。",
        ),
    ),
    Kind(
        "self-missing",
        r"TypeError: \w+\.(?P<name>\w+)\(\) takes (?P<a>\d+) positional"
        r" arguments? but (?P<b>\d+)",
        Text(
            "`{name}` takes {a} arguments but gets {b}. Inside a class the"
            " first argument is `self`; the object is passed to it without"
            " being written.",
            "`{name}` の引数は {a} 個ですが、{b} 個渡されました。クラスの中の"
            "関数では、最初の引数に `self` を書きます。オブジェクト自身が自動"
            "で渡されます。",
        ),
    ),
    Kind(
        "arguments-missing",
        r"TypeError: (?P<name>[\w.]+)\(\) missing \d+ required [\w-]+"
        r" arguments?: (?P<names>.*)",
        Text(
            "`{name}` was called without {names}. Compare the call with what"
            " the function takes.",
            "`{name}` に引数 {names} が渡されていません。関数が受け取るものと"
            "呼び出しを見比べてください。",
        ),
        lambda groups: {"names": groups["names"].replace(" and ", ", ")},
    ),
    Kind(
        "wrong-arguments",
        r"TypeError: .*(positional argument|takes exactly"
        r"|expected at (least|most)|takes no|multiple values for argument"
        r"|requires \w+ to be specified|unexpected keyword"
        r"|return arrays must be of ArrayType)"
        r"|either both or neither of x and y",
        Text(
            "A function was called with too few, too many or other arguments."
            " Compare the call with what the function takes.",
            "関数に渡す引数が、足りないか、多いか、違っています。関数が受け取"
            "るものと呼び出しを見比べてください。",
        ),
    ),
    Kind(
        "unpacks-a-number",
        r"cannot unpack non-iterable (?P<name>\S+) object",
        Text(
            "Several names stand left of the `=`, but only one thing on its"
            " right. Did you mean `.shape`, or does a function return too"
            " little?",
            "`=` の左には名前がいくつもありますが、右の値は 1 つだけです。"
            "`.shape` を付け忘れていないか、関数が返す値の数が足りているか、確"
            "かめてください。",
        ),
    ),
    Kind(
        "unpacks-other-number",
        r"(too many|not enough) values to unpack",
        Text(
            "There are not as many values as names before the `=`. A shape has"
            " one number for each axis: how many axes are there?",
            "`=` の左にある名前の数と、右の値の数が違います。shape には軸の数"
            "だけ要素があります。軸はいくつですか。",
        ),
    ),
    Kind(
        "divided-by-zero",
        r"ZeroDivisionError|slice step cannot be zero"
        r"|range\(\) arg 3 must not be zero",
        Text(
            "Something is 0 that is divided by, or that a step is as long as.",
            "0 で割っているか、歩幅が 0 になっています。",
        ),
    ),
    Kind(
        "loop-over-a-number",
        r"'(int|numpy\.int\d+)' object is not iterable",
        Text(
            "A whole number cannot be looped over: `for i in range(OH):`"
            " counts from 0 to OH - 1.",
            "整数はそのまま `for` で回せません。`for i in range(OH):` のように"
            " `range` を使います。",
        ),
        near=r"\bfor\b",
    ),
    Kind(
        "shape-called",
        r"'tuple' object is not callable",
        Text(
            "A shape is not a function: its sizes are picked with square"
            " brackets, `x.shape[0]`. Is a comma missing between two"
            " brackets?",
            "形状（タプル）は関数ではありません。要素は `x.shape[0]` のように"
            "角かっこで取り出します。かっこの間のコンマが抜けていないかも確か"
            "めてください。",
        ),
    ),
    Kind(
        "number-called",
        r"'(int|float|list|dict|str|bool|numpy\.\w+)' object is not callable",
        Text(
            "Something that is no function is called with `(...)`. Is a `*`"
            " missing before the bracket, or did a name such as `sum` or `max`"
            " get a value of its own?",
            "関数でないものを `(...)` で呼び出しています。かっこの前の `*` が"
            "抜けていないか、`sum` や `max` のような名前に値を入れていないか、"
            "確かめてください。",
        ),
    ),
    Kind(
        "number-for-array",
        r"object is not (subscriptable|iterable)|has no len\(\)"
        r"|invalid index to scalar variable|iteration over a 0-d array"
        r"|len\(\) of unsized|unsupported operand type"
        r"|can only concatenate|not supported between instances"
        r"|did not contain a loop|loop of ufunc does not support",
        Text(
            "A single number, or something that is no number at all, stands"
            " where an array is wanted. What does the line before really"
            " give?",
            "配列であるべき所に、1 つの数か、数ではないものがあります。直前の"
            "行の結果は、本当に配列ですか。",
        ),
    ),
    Kind(
        "cannot-be-written-to",
        r"object does not support item assignment",
        Text(
            "Entries of a tuple or a single number cannot be set. Use a list"
            " or an array.",
            "タプルの要素や 1 つの数には書き込めません。リストか配列を使いま"
            "す。",
        ),
    ),
    Kind(
        "own-assert",
        r"^AssertionError",
        Text(
            "An `assert` in your code found something that is not as it says.",
            "コードの中の `assert` の条件が成り立ちませんでした。",
        ),
    ),
    Kind(
        "calls-itself",
        r"RecursionError",
        Text(
            "A function calls itself again and again. Is the name inside it"
            " that of another function, or is the end of the recursion"
            " missing?",
            "関数が自分自身を呼び続けています。別の関数を呼ぶつもりではありま"
            "せんか。あるいは、終わりの条件が抜けていませんか。",
        ),
    ),
    Kind(
        "module-missing",
        r"No module named '?(?P<name>[\w.]+)|cannot import name"
        r" '(?P<what>\w+)'",
        Text(
            "What is imported is not there. Compare its name, or do without"
            " it: numpy is enough for every exercise.",
            "import しようとしたものがありません。名前を確かめてください。どの"
            "演習も numpy だけで解けます。",
        ),
    ),
    Kind(
        "asks-for-input",
        r"EOFError",
        Text(
            "An answer cannot ask for input: it gets all it needs as"
            " arguments.",
            "答えの中で入力を求めることはできません。必要なものはすべて引数で"
            "渡されます。",
        ),
    ),
    Kind(
        "ends-the-program",
        r"^(SystemExit|KeyboardInterrupt|GeneratorExit)",
        Text(
            "Your code ends the whole program, as `exit()` does. A function"
            " ends with `return`.",
            "コードがプログラム全体を終わらせようとしています（`exit()` な"
            "ど）。関数を終えるには `return` を使います。",
        ),
    ),
    Kind(
        "number-too-large",
        r"OverflowError",
        Text(
            "A number became too large to be stored. Is something multiplied"
            " or raised to a power again and again?",
            "数が大きくなりすぎて、表せません。掛け算や累乗を繰り返していませ"
            "んか。",
        ),
    ),
)
