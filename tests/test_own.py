"""Right answers are kept as a package of the learner's own."""

import importlib
import itertools
import linecache
import sys

import numpy as np
import pytest

from course_lib.exercises import exercises_of, lesson, own

NUMBER = itertools.count()
COL = """
def pixels(x):
    return x.ravel()


def im2col(x, fh, fw, stride=1):
    return np.array([pixels(x)]) * SCALE + best(SHIFT)
"""
CLASS = """
class Layer:
    def __init__(self, W):
        self.W = W

    def forward(self, x):
        return x @ self.W
"""
BACKWARD = """
def backward(self, dout):
    return dout @ self.W.T
"""


@pytest.fixture
def room(monkeypatch, tmp_path):
    """Keep progress, and so the answers, in a folder of the test."""
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.json"))
    monkeypatch.setattr(sys, "path", list(sys.path))
    for name in [n for n in sys.modules if n.startswith("my_cnn")]:
        monkeypatch.delitem(sys.modules, name)
    return tmp_path / "my_cnn"


def run_cell(text, space):
    """Run code as a notebook does: in __main__, with a source of its own."""
    name = f"<cell {next(NUMBER)}>"
    lines = text.splitlines(keepends=True)
    linecache.cache[name] = (len(text), None, lines, name)
    exec(compile(text, name, "exec"), space)


@pytest.fixture
def space():
    return {
        "__name__": "__main__",
        "np": np,
        "SCALE": 2,
        "SHIFT": np.array([1, 2, 3, 4]),
        "best": np.asarray,
    }


def test_function_is_kept_with_its_helpers(room, space):
    run_cell(COL, space)
    path = own.keep("5_4", "im2col", space["im2col"])
    assert path == room / "lesson_5_4" / "im2col.py"
    text = path.read_text(encoding="utf-8")
    assert text.index("import numpy as np") < text.index("SCALE = 2")
    assert text.count("def pixels") == text.count("def im2col") == 1
    x = np.arange(4.0).reshape(2, 2)
    again = own.load("5_4", "im2col")
    assert again is not space["im2col"]
    np.testing.assert_array_equal(again(x, 2, 2), space["im2col"](x, 2, 2))


def test_package_can_be_imported(room, space):
    run_cell(COL, space)
    own.keep("5_4", "im2col", space["im2col"])
    own.make_importable()
    module = importlib.import_module("my_cnn.lesson_5_4")
    assert module.im2col(np.ones((1, 4)), 1, 1).shape == (1, 4)
    assert not hasattr(module, "pixels")
    assert own.kept() == {"5_4": ["im2col"]}


def test_class_is_kept_with_a_method_of_a_later_cell(room, space):
    run_cell(CLASS, space)
    run_cell(BACKWARD, space)
    space["Layer"].backward = space["backward"]
    assert own.keep("5_5", "backward", space["Layer"])
    layer = own.load("5_5", "backward")(np.eye(2) * 3)
    assert layer.forward(np.ones((1, 2))).tolist() == [[3, 3]]
    assert layer.backward(np.ones((1, 2))).tolist() == [[3, 3]]


def test_another_version_moves_aside_and_the_same_does_not(room, space):
    run_cell(COL, space)
    own.keep("5_4", "im2col", space["im2col"])
    own.keep("5_4", "im2col", space["im2col"])
    assert not (room / "earlier").exists()
    run_cell(COL.replace("[pixels(x)]", "[x.ravel()]"), space)
    own.keep("5_4", "im2col", space["im2col"])
    (aside,) = (room / "earlier").iterdir()
    assert "pixels" in aside.read_text(encoding="utf-8")
    path = room / "lesson_5_4" / "im2col.py"
    assert "pixels" not in path.read_text(encoding="utf-8")


def test_edited_file_is_used(room, space):
    run_cell(COL, space)
    path = own.keep("5_4", "im2col", space["im2col"])
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("SCALE = 2", "SCALE = 7"), encoding="utf-8")
    x = np.ones((1, 4))
    assert own.load("5_4", "im2col")(x, 1, 1).tolist() == [[8, 9, 10, 11]]


@pytest.mark.parametrize(
    "text", ["", "syntax error here", "raise SystemExit", "x = 1", "1 / 0"]
)
def test_broken_file_gives_none(room, text):
    path = room / "lesson_5_4" / "im2col.py"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    assert own.load("5_4", "im2col") is None


@pytest.mark.parametrize(
    "answer",
    [lambda x: x, 3, np.maximum, int, None, "text", object()],
    ids=lambda a: type(a).__name__,
)
def test_what_has_no_source_is_not_kept(room, answer):
    assert own.keep("5_4", "im2col", answer) is None
    assert not room.exists()


def test_function_that_needs_a_large_object_is_not_kept(room, space):
    run_cell("def f(x):\n    return x + DATA\n", space)
    space["DATA"] = np.zeros(1000)
    assert own.keep("5_4", "im2col", space["f"]) is None


def test_nothing_is_kept_where_progress_is_off(monkeypatch, space):
    monkeypatch.setenv("COURSE_PROGRESS", "off")
    run_cell(COL, space)
    assert own.keep("5_4", "im2col", space["im2col"]) is None
    assert own.load("5_4", "im2col") is None
    assert own.kept() == {}


def test_full_disk_or_read_only_folder_stops_nobody(room, space):
    run_cell(COL, space)
    room.parent.mkdir(exist_ok=True)
    room.write_text("a file where the folder should be", encoding="utf-8")
    assert own.keep("5_4", "im2col", space["im2col"]) is None


RIGHT = """
def pad_images(x, pad, constant_values=0):
    sides = ((0, 0), (0, 0), (pad, pad), (pad, pad))
    return np.pad(x, sides, constant_values=constant_values)
"""


def test_later_lesson_uses_the_learners_own(room, space):
    run_cell(RIGHT, space)
    check = lesson("5_3", "en")
    assert check("pad_images", space["pad_images"]).outcome == "correct"
    later = lesson("5_4", "ja")
    mine = later.part("5_3", "pad_images")
    assert mine.__wrapped__.__code__.co_filename.endswith("pad_images.py")
    assert "5_3 pad_images：自分の実装" in repr(later.whose())
    theirs = later.part("5_3", "flatten")
    assert theirs is exercises_of("5_3")["flatten"].reference
    assert "5_3 flatten：教材の実装" in repr(later.whose())


def test_answer_that_is_wrong_by_now_is_not_used(room, space):
    run_cell(RIGHT, space)
    path = own.keep("5_3", "pad_images", space["pad_images"])
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("(0, 0), ", "(1, 1), "), encoding="utf-8")
    check = lesson("5_4", "en")
    used = check.part("5_3", "pad_images")
    assert used is exercises_of("5_3")["pad_images"].reference
    assert "the course's" in repr(check.whose())


def test_wrong_answer_is_not_kept(room, space):
    run_cell(RIGHT.replace("((0", "((1"), space)
    check = lesson("5_3", "en")
    assert check("pad_images", space["pad_images"]).outcome == "incorrect"
    assert not room.exists()


STEP = """
def step(x):
    return x + 1
"""
TWICE = """
def twice(x, scale=2):
    helper = scale
    return again(step(x)) * helper
"""


def test_name_inside_a_function_is_not_taken_for_a_global(room, space):
    run_cell(STEP, space)
    space |= {"again": space["step"], "x": object(), "helper": object()}
    run_cell(TWICE, space)
    path = own.keep("5_4", "twice", space["twice"])
    text = path.read_text(encoding="utf-8")
    assert text.count("def step") == 1 and "again = step" in text
    assert own.load("5_4", "twice")(1) == 6


def test_class_that_was_handed_out_is_kept_as_it_was_written(room, space):
    run_cell(CLASS, space)
    Layer = space["Layer"]
    handed = type("Layer", (Layer,), {"forward": Layer.forward})
    handed.__module__ = Layer.__module__
    space["Layer"] = handed
    run_cell(
        "class Pair(Layer):\n    def both(self, x):\n"
        "        return self.forward(x), x\n",
        space,
    )
    path = own.keep("5_5", "pair", space["Pair"])
    assert path.read_text(encoding="utf-8").count("class Layer") == 1
    out, x = own.load("5_5", "pair")(np.eye(2)).both(np.ones((1, 2)))
    assert out.tolist() == x.tolist() == [[1, 1]]
