"""The widgets under a learner's hands, in a real browser.

Runs where chromium and playwright are installed; .ci/run installs both.
"""

import contextlib
from importlib.util import find_spec

import nbformat
import pytest

from course_lib import widgets
from tools.lab import (
    browser_page,
    find_chromium,
    lab_server,
    open_notebook,
    run_all,
)

pytestmark = pytest.mark.skipif(
    find_spec("playwright") is None or not find_chromium(),
    reason="no playwright or no chromium",
)
SETUP = """
import numpy as np
from course_lib import widgets
from course_lib.networks import SimpleConvNet
from course_lib.trainer import Trainer
x = np.arange(16).reshape(4, 4) * 7 % 5
w = np.array([[2, 0, 1], [0, 1, 2], [1, 0, 2]])
rng = np.random.default_rng(0)
images = rng.uniform(0, 1, (40, 1, 28, 28)).astype(np.float32)
labels = np.arange(40) % 10
network = SimpleConvNet(rng=0)
boxes = np.array([[0.0, 0, 10, 10], [1, 0, 11, 10], [5, 0, 15, 10]])
scores = np.array([0.9, 0.8, 0.7])
"""
MAKERS = {
    "convolution": "widgets.convolution_stepper(x, w, pad=1{})",
    "groups": "widgets.convolution_stepper([x, x], [w, w], groups=2{})",
    "transposed": "widgets.transposed_stepper(x, w, pad=1{})",
    "pooling": "widgets.pooling_stepper(x{})",
    "axes": "widgets.axis_tracer((2, 3, 2, 2){})",
    "im2col": "widgets.im2col_view(x, 2, 2{})",
    "columns": "widgets.im2col_view(x, 3, 3, pad=1, w=w{})",
    "graph": "widgets.graph_view('convolution'{})",
    "augmentation": "widgets.augmentation_playground(images{})",
    "drawing": "widgets.draw_and_predict(network, '0123456789', "
    "(images, labels){})",
    "iou": "widgets.iou_view((0, 0, 4, 4), (2, 1, 6, 5){})",
    "suppression": "widgets.nms_stepper(boxes, scores, 0.4{})",
    "precision": "widgets.precision_recall_view(scores > 0.7, scores, 3{})",
    "dashboard": "widgets.training_dashboard(network, 2{})",
}
FIT = """
display(board)
Trainer(network, (images, labels), (images, labels), 2,
        progress=False, on_epoch=board.on_epoch).fit();
"""
# Milliseconds from a key to the changed picture, kernel and browser.
MEASURE = """async selector => {
    const box = document.querySelector(selector);
    const told = () => box.querySelector('svg[role=img]')
        ?.getAttribute('aria-label');
    const handle = box.querySelector('.noUi-handle');
    handle.focus();
    const times = [];
    for (let step = 0; step < 8; step++) {
        const key = step % 2 ? 'ArrowLeft' : 'ArrowRight';
        const before = told();
        const start = performance.now();
        await new Promise(resolve => {
            new MutationObserver((_, watch) => {
                if (!told() || told() === before) return;
                watch.disconnect();
                requestAnimationFrame(resolve);
            }).observe(box, {childList: true, subtree: true});
            handle.dispatchEvent(
                new KeyboardEvent('keydown', {key, bubbles: true}));
        });
        times.push(performance.now() - start);
        await new Promise(resolve => setTimeout(resolve, 100));
    }
    return times.sort((a, b) => a - b);
}"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Run one JupyterLab for all tests; yield its folder and address."""
    folder = tmp_path_factory.mktemp("lab")
    private = tmp_path_factory.mktemp("private")
    with lab_server(folder, private) as address:
        yield folder, address


class Desk:
    """A notebook with all widgets, open in a browser."""

    def __init__(self, page, errors, folder, address):
        self.page = page
        self.errors = errors
        self.folder = folder
        self.address = address

    def widget(self, name):
        """Return a widget, scrolled to where it is seen."""
        widget = self.page.locator(f".for-{name}").first
        widget.scroll_into_view_if_needed()
        return widget

    def told(self, name):
        """Return what a picture says to who cannot see it."""
        picture = self.widget(name).locator("svg[role=img]").first
        return picture.get_attribute("aria-label")

    def changed(self, name, before):
        """Wait until a picture says something else; return that."""
        for _ in range(100):
            self.page.wait_for_timeout(50)
            if self.told(name) != before:
                return self.told(name)
        raise AssertionError(f"the picture still says {before}")


def write(folder, name, cells):
    """Write a notebook of these cells; return its name."""
    kernel = {"name": "python3", "display_name": "Python 3"}
    notebook = nbformat.v4.new_notebook(
        cells=cells, metadata={"kernelspec": kernel}
    )
    nbformat.write(notebook, folder / name)
    return name


def cells_of(language):
    """Return the cells that show every widget."""
    made = [nbformat.v4.new_code_cell(SETUP)]
    for name, maker in MAKERS.items():
        board = f"board = {maker.format(f', language={language!r}')}\n"
        board += f"board.add_class('for-{name}')\n"
        board += FIT if name == "dashboard" else "board"
        made.append(nbformat.v4.new_code_cell(board))
    return made


@contextlib.contextmanager
def watched_page():
    """Open a page; its log must hold no error and nothing from outside."""
    with browser_page() as page:
        errors = []
        page.on(
            "console",
            lambda m: errors.append(m.text) if m.type == "error" else None,
        )
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page, errors
        assert page.outside == []
        assert errors == []


@pytest.fixture(scope="module", params=["en", "ja"])
def desk(lab, request):
    """Show all widgets in one language."""
    folder, address = lab
    language = request.param
    name = write(folder, f"{language}.ipynb", cells_of(language))
    with watched_page() as (page, errors):
        open_notebook(page, address, name)
        run_all(page)
        pictures = page.locator(".course-touch svg[role=img]")
        for _ in range(100):
            if pictures.count() == len(MAKERS):
                break
            page.wait_for_timeout(100)
        yield Desk(page, errors, folder, address)


@pytest.fixture(autouse=True)
def no_errors(desk):
    """Check after each test, so that the right one fails."""
    yield
    assert desk.errors == []


def show_sidebar(page, shown):
    """Open or close the list of files, which takes room."""
    page.evaluate(
        """shown => { const shell = window.jupyterapp.shell;
        shown ? shell.expandLeft() : shell.collapseLeft(); }""",
        shown,
    )
    page.wait_for_timeout(500)


@pytest.mark.parametrize("sidebar", [True, False])
@pytest.mark.parametrize("name", MAKERS)
def test_widget_is_live_and_fits(desk, name, sidebar):
    show_sidebar(desk.page, sidebar)
    widget = desk.widget(name)
    picture = widget.locator("svg[role=img]").first.bounding_box()
    area = widget.locator("xpath=..").bounding_box()
    assert picture["width"] > 400
    assert picture["x"] + picture["width"] <= area["x"] + area["width"] + 1
    # Projected, with the list of files closed, at 1280 x 720.
    if not sidebar:
        height = widget.bounding_box()["height"]
        assert height <= 520
        assert height - picture["height"] < 135  # the controls
        expected = 750 if name == "drawing" else 1090
        assert picture["width"] > expected


def test_live_view_is_chosen_and_not_the_still_picture(desk):
    assert desk.page.locator(".course-touch").count() == len(MAKERS)
    assert desk.page.locator(".jp-OutputArea-output img").count() == 0


@pytest.mark.parametrize(
    "name, number",
    [
        ("convolution", 0),
        ("convolution", 2),
        ("groups", 0),
        ("transposed", 0),
        ("transposed", 1),
        ("pooling", 0),
        ("axes", 0),
        ("im2col", 0),
        ("im2col", 1),
        ("graph", 0),
        ("augmentation", 0),
        ("iou", 0),
        ("iou", 3),
        ("suppression", 0),
        ("precision", 0),
        ("dashboard", 0),
    ],
)
def test_slider_moves_the_picture_by_keyboard(desk, name, number):
    before = desk.told(name)
    if name == "dashboard":  # its words tell of the training, not the epoch
        before = desk.widget(name).locator("svg").first.inner_html()
    handle = desk.widget(name).locator(".widget-slider .noUi-handle")
    handle.nth(number).focus()
    desk.page.keyboard.press(
        "ArrowLeft" if name == "dashboard" else "ArrowRight"
    )
    if name == "dashboard":
        desk.page.wait_for_timeout(1000)
        picture = desk.widget(name).locator("svg").first
        assert picture.inner_html() != before
    else:
        desk.changed(name, before)


@pytest.mark.parametrize(
    "name", ["convolution", "transposed", "pooling", "axes", "graph"]
)
def test_play_goes_on_by_itself(desk, name):
    buttons = desk.widget(name).locator(".widget-play button")
    first = desk.told(name)
    buttons.first.click()
    second = desk.changed(name, first)
    desk.changed(name, second)
    buttons.nth(1).click()  # stop


@pytest.mark.parametrize("sidebar", [True, False])
def test_click_links_image_and_columns(desk, sidebar):
    show_sidebar(desk.page, sidebar)
    desk.page.wait_for_timeout(300)
    widget = desk.widget("im2col")
    for title, told in (
        ("x[0, 1, 1]", "x[1, 1] → col[0, 3], col[1, 2], col[3, 1], col[4, 0]"),
        ("col[4]", "col[4] = x[1:3, 1:3]"),
    ):
        before = desk.told("im2col")
        widget.locator(f"button[title='{title}']").click()
        assert told in desk.changed("im2col", before)
    # The button lies where its row is drawn: its number is inside.
    button = widget.locator("button[title='col[4]']").bounding_box()
    middle = button["y"] + button["height"] / 2
    numbers = widget.locator("svg text").all()
    inside = [
        box
        for box in (n.bounding_box() for n in numbers if n.inner_html() == "4")
        if 0 <= box["x"] - button["x"] < 40
        and abs(box["y"] + box["height"] / 2 - middle) < 4
    ]
    assert len(inside) == 1


def test_mouse_draws_a_digit_and_the_network_answers(desk):
    page = desk.page
    show_sidebar(page, False)
    widget = desk.widget("drawing")
    buttons = widget.locator("button.jupyter-button")
    buttons.first.click()  # clear
    page.wait_for_timeout(500)
    before = desk.told("drawing")
    assert "%" not in before
    canvas = widget.locator("canvas").first.bounding_box()
    assert canvas["width"] == canvas["height"] == 280
    left, top = canvas["x"], canvas["y"]
    page.mouse.move(left + 140, top + 40)
    page.mouse.down()
    for k in range(12):
        page.mouse.move(left + 140, top + 40 + 16 * k)
        page.wait_for_timeout(20)
    page.mouse.up()
    after = desk.changed("drawing", before)
    assert "%" in after
    buttons.nth(1).click()  # load an image
    desk.changed("drawing", after)


@pytest.mark.parametrize("sidebar", [True, False])
def test_mouse_drags_a_box(desk, sidebar):
    page = desk.page
    show_sidebar(page, sidebar)
    canvas = desk.widget("iou").locator("canvas").first.bounding_box()
    picture = desk.widget("iou").locator("svg[role=img]").bounding_box()
    scale = picture["width"] / 1100  # the picture's own pixels
    assert canvas["height"] == pytest.approx(picture["height"], abs=2)
    words = desk.told("iou")
    x1, y1 = (int(n) for n in words.split("b = (")[1].split(", ")[:2])
    left, top = picture["x"], picture["y"]
    x = left + (44 + 27 * (x1 + 1)) * scale
    y = top + (44 + 27 * (y1 + 1)) * scale
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(1, 9):
        page.mouse.move(x + 27 * scale * k / 4, y + 27 * scale * k / 4)
        page.wait_for_timeout(30)
    page.mouse.up()
    page.wait_for_timeout(300)
    assert f"b = ({x1 + 2}, {y1 + 2}, " in desk.changed("iou", words)


def test_dashboard_ends_with_the_last_epoch(desk):
    assert "epoch 2/2" in desk.told("dashboard")


def test_unseen_buttons_take_no_room(desk):
    widget = desk.widget("columns")
    picture = widget.locator("svg[role=img]").first.bounding_box()
    assert widget.bounding_box()["height"] - picture["height"] < 60


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_words_stand_out_in_both_themes(desk, theme):
    desk.page.evaluate(
        "theme => window.jupyterapp.commands.execute("
        "'apputils:change-theme', {theme}).then(() => true)",
        theme,
    )
    desk.page.wait_for_timeout(1500)
    label = desk.widget("graph").locator(".widget-label").first
    ink = label.evaluate("node => getComputedStyle(node).color")
    ground = desk.page.locator(".jp-Notebook").first.evaluate(
        "node => getComputedStyle(node).backgroundColor"
    )
    assert abs(brightness(ink) - brightness(ground)) > 120
    panel = desk.widget("graph").locator("svg rect").first
    assert panel.get_attribute("fill") == "#ffffff"


def brightness(colour):
    """Return 0..255 of a colour as a browser writes it: rgb(1, 2, 3)."""
    numbers = colour[colour.index("(") + 1 : -1].split(",")[:3]
    return sum(float(n) for n in numbers) / 3


@pytest.mark.parametrize(
    "name", ["convolution", "pooling", "axes", "im2col", "graph"]
)
def test_step_is_fast(desk, name, record_property):
    desk.widget(name)
    times = desk.page.evaluate(MEASURE, f".for-{name}")
    record_property("milliseconds", times)
    print(name, [round(t) for t in times])
    # The aim is 100. What a step costs, test_widgets.py bounds; here other
    # programs count as well, so only a widget that hangs fails.
    assert min(times) < 2000


def test_saved_copy_shows_the_still_picture(desk):
    """Last, since it leaves the page: a file that nobody trusts yet."""
    bundle = widgets.graph_view()._repr_mimebundle_()
    del bundle["application/vnd.jupyter.widget-view+json"]
    saved = nbformat.v4.new_output("display_data", bundle)
    cell = nbformat.v4.new_code_cell("", outputs=[saved])
    name = write(desk.folder, "saved.ipynb", [cell])
    desk.page.on("dialog", lambda dialog: dialog.accept())
    open_notebook(desk.page, desk.address, name)
    image = desk.page.locator(".jp-OutputArea-output img").first
    image.wait_for(timeout=10_000)
    assert image.bounding_box()["width"] > 500
    assert image.evaluate("image => image.naturalWidth") == 1100
    assert image.get_attribute("alt").startswith("Computation graph")
