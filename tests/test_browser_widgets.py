"""The widgets under a learner's hands, in a real browser.

Runs where chromium and playwright are installed; .ci/run installs both.
"""

from importlib.util import find_spec

import nbformat
import pytest

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
"""
MAKERS = {
    "convolution": "widgets.convolution_stepper(x, w, pad=1{})",
    "pooling": "widgets.pooling_stepper(x{})",
    "axes": "widgets.axis_tracer((2, 3, 2, 2){})",
    "im2col": "widgets.im2col_view(x, 2, 2{})",
    "graph": "widgets.graph_view('convolution'{})",
    "augmentation": "widgets.augmentation_playground(images{})",
    "drawing": "widgets.draw_and_predict(network, '0123456789', "
    "(images, labels){})",
    "dashboard": "widgets.training_dashboard(network, 2{})",
}
# Milliseconds from a key to the changed picture, kernel and browser.
MEASURE = """async selector => {
    const box = document.querySelector(selector);
    const handle = box.querySelector('.noUi-handle');
    handle.focus();
    const times = [];
    for (let step = 0; step < 8; step++) {
        const key = step % 2 ? 'ArrowLeft' : 'ArrowRight';
        const start = performance.now();
        await new Promise(resolve => {
            new MutationObserver((_, watch) => {
                if (!box.querySelector('svg[role=img]')) return;
                watch.disconnect();
                resolve();
            }).observe(box, {childList: true, subtree: true,
                             attributeFilter: ['aria-label']});
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


@pytest.fixture
def page():
    """Open a page; its log must hold no error and nothing from outside."""
    with browser_page() as page:
        errors = []
        page.on(
            "console",
            lambda m: errors.append(m.text) if m.type == "error" else None,
        )
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
        assert page.outside == []
        assert errors == []


def show(lab, page, name, *cells, outputs=()):
    """Open a notebook of these cells and run it; return the first widget.

    outputs: instead of running, what the last cell has saved.
    """
    folder, address = lab
    made = [nbformat.v4.new_code_cell(cell) for cell in (SETUP, *cells)]
    made[-1].outputs = list(outputs)
    kernel = {"name": "python3", "display_name": "Python 3"}
    notebook = nbformat.v4.new_notebook(
        cells=made, metadata={"kernelspec": kernel}
    )
    nbformat.write(notebook, folder / f"{name}.ipynb")
    open_notebook(page, address, f"{name}.ipynb")
    if outputs:
        return None
    run_all(page)
    widget = page.locator(".course-touch").first
    widget.locator("svg[role=img]").first.wait_for(timeout=20_000)
    return widget


def told(widget):
    """Return what the picture says to who cannot see it."""
    picture = widget.locator("svg[role=img]").first
    return picture.get_attribute("aria-label")


def wait_for_change(page, widget, before):
    """Wait until the picture says something else; return that."""
    for _ in range(100):
        page.wait_for_timeout(50)
        if told(widget) != before:
            return told(widget)
    raise AssertionError(f"the picture still says {before}")


def press(page, widget, name, key="ArrowRight"):
    """Press a key on the slider of this name."""
    slider = widget.locator(".widget-slider", has_text=name).first
    slider.locator(".noUi-handle").focus()
    page.keyboard.press(key)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", MAKERS)
def test_widget_lives_and_fits(lab, page, name, language):
    cell = MAKERS[name].format(f", language={language!r}")
    widget = show(lab, page, f"{name}_{language}", cell)
    box = widget.bounding_box()
    # The live view is chosen although the bundle holds a still picture.
    assert page.locator(".jp-OutputArea-output img").count() == 0
    assert box["height"] <= 520
    picture = widget.locator("svg[role=img]").bounding_box()
    area = page.locator(".jp-OutputArea-output").last.bounding_box()
    assert picture["x"] + picture["width"] <= area["x"] + area["width"] + 1


@pytest.mark.parametrize(
    "name, slider",
    [
        ("convolution", "step"),
        ("convolution", "stride"),
        ("pooling", "step"),
        ("axes", "element"),
        ("im2col", "row"),
        ("im2col", "pixel"),
        ("graph", "step"),
        ("augmentation", "rotate"),
    ],
)
def test_slider_moves_the_picture_by_keyboard(lab, page, name, slider):
    widget = show(lab, page, f"{name}_{slider}", MAKERS[name].format(""))
    before = told(widget)
    press(page, widget, slider)
    wait_for_change(page, widget, before)


@pytest.mark.parametrize("name", ["convolution", "pooling", "axes", "graph"])
def test_play_goes_on_by_itself(lab, page, name):
    widget = show(lab, page, f"{name}_play", MAKERS[name].format(""))
    first = told(widget)
    widget.locator(".jupyter-widgets.widget-play button").first.click()
    second = wait_for_change(page, widget, first)
    wait_for_change(page, widget, second)


def test_click_links_image_and_columns(lab, page):
    widget = show(lab, page, "clicks", MAKERS["im2col"].format(""))
    assert "col[0] = x[0:2, 0:2]" in told(widget)
    before = told(widget)
    widget.locator("button[title='x[0, 1, 1]']").click()
    after = wait_for_change(page, widget, before)
    assert "x[1, 1] → col[0, 3], col[1, 2], col[3, 1], col[4, 0]" in after
    widget.locator("button[title='col[4]']").click()
    after = wait_for_change(page, widget, after)
    assert "col[4] = x[1:3, 1:3]" in after
    # The button lies where its row is drawn.
    button = widget.locator("button[title='col[4]']").bounding_box()
    label = widget.locator("svg text", has_text="4").all()
    heights = [t.bounding_box() for t in label if t.inner_html() == "4"]
    middle = button["y"] + button["height"] / 2
    assert any(
        abs(box["y"] + box["height"] / 2 - middle) < 4
        and box["x"] < button["x"] + 40
        for box in heights
    )


def test_mouse_draws_a_digit_and_the_network_answers(lab, page):
    widget = show(lab, page, "draw", MAKERS["drawing"].format(""))
    widget.locator("button", has_text="Clear").click()
    page.wait_for_timeout(300)
    before = told(widget)
    assert "%" not in before
    canvas = widget.locator("canvas").first.bounding_box()
    left, top = canvas["x"], canvas["y"]
    page.mouse.move(left + 140, top + 40)
    page.mouse.down()
    for k in range(12):
        page.mouse.move(left + 140, top + 40 + 16 * k)
        page.wait_for_timeout(20)
    page.mouse.up()
    after = wait_for_change(page, widget, before)
    assert "%" in after
    widget.locator("button", has_text="Load").click()
    wait_for_change(page, widget, after)


def test_dashboard_is_updated_in_its_place(lab, page):
    fit = (
        "board = widgets.training_dashboard(network, 2)\n"
        "display(board)\n"
        "Trainer(network, (images, labels), (images, labels), 2,\n"
        "        progress=False, on_epoch=board.on_epoch).fit();"
    )
    widget = show(lab, page, "dashboard_fit", fit)
    page.wait_for_timeout(500)
    assert "epoch 2/2" in told(widget)
    assert page.locator(".course-touch").count() == 1


def test_saved_copy_shows_the_still_picture(lab, page):
    from course_lib import widgets

    bundle = widgets.graph_view()._repr_mimebundle_()
    del bundle["application/vnd.jupyter.widget-view+json"]
    saved = nbformat.v4.new_output("display_data", bundle)
    show(lab, page, "saved", "widgets.graph_view()", outputs=[saved])
    image = page.locator(".jp-OutputArea-output img").first
    image.wait_for(timeout=10_000)
    assert image.bounding_box()["width"] > 500
    assert image.evaluate("image => image.naturalWidth") == 1100
    assert image.get_attribute("alt").startswith("Computation graph")


@pytest.mark.parametrize(
    "name", ["convolution", "pooling", "axes", "im2col", "graph"]
)
def test_step_is_fast(lab, page, name, record_property):
    show(lab, page, f"{name}_time", MAKERS[name].format(""))
    times = page.evaluate(MEASURE, ".course-touch")
    record_property("milliseconds", times)
    print(name, [round(t) for t in times])
    # Twice the aim, since other tests run on the same machine.
    assert times[len(times) // 2] < 200
