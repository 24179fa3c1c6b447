"""What the widgets show, without a browser."""

import base64
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from types import SimpleNamespace

import nbformat
import numpy as np
import pytest

from course_lib import widgets
from course_lib.layers import (
    Affine,
    BatchNormalization,
    Convolution,
    GlobalAveragePooling,
)
from course_lib.networks import Network, Sequential, SimpleConvNet
from course_lib.trainer import Trainer
from course_lib.widgets import drawing

VIEW = "application/vnd.jupyter.widget-view+json"
X = np.array([[1, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 3, 0, 1]])
W = np.array([[2, 0, 1], [0, 1, 2], [1, 0, 2]])
BOXES = np.array([[0.0, 0, 10, 10], [1, 0, 11, 10], [5, 0, 15, 10]])
SCORES = np.array([0.9, 0.8, 0.7])
X3 = np.arange(27).reshape(3, 3, 3) % 5
W3 = np.arange(12).reshape(3, 2, 2) % 4 - 1


def characters(count=20, seed=0):
    """Return images of one random stroke each, and labels."""
    rng = np.random.default_rng(seed)
    strokes = rng.uniform(0, 280, (count, 3, 2))
    place = drawing.Placement()
    images = [drawing.to_image([s], place)[0] for s in strokes]
    return np.array(images), np.arange(count) % 10


def network(seed=0):
    return SimpleConvNet(weight_init_std="he", rng=seed)


MAKERS = {
    "convolution": lambda **k: widgets.convolution_stepper(X, W, pad=1, **k),
    "channels": lambda **k: widgets.convolution_stepper(X3, W3, b=2, **k),
    "groups": lambda **k: widgets.convolution_stepper(X3, W3, groups=3, **k),
    "transposed": lambda **k: widgets.transposed_stepper(X, W, **k),
    "pooling": lambda **k: widgets.pooling_stepper(X, **k),
    "axes": lambda **k: widgets.axis_tracer(**k),
    "im2col": lambda **k: widgets.im2col_view(X, 3, 3, pad=1, w=W, **k),
    "graph": lambda **k: widgets.graph_view("convolution", **k),
    "graph of pooling": lambda **k: widgets.graph_view("pooling", **k),
    "augmentation": lambda **k: widgets.augmentation_playground(
        characters()[0], **k
    ),
    "drawing": lambda **k: widgets.draw_and_predict(
        network(), "0123456789", characters(), **k
    ),
    "iou": lambda **k: widgets.iou_view(**k),
    "suppression": lambda **k: widgets.nms_stepper(BOXES, SCORES, 0.4, **k),
    "precision": lambda **k: widgets.precision_recall_view(
        SCORES > 0.7, SCORES, 3, **k
    ),
    "dashboard": lambda **k: widgets.training_dashboard(network(), 2, **k),
}


def shown(widget):
    """Return the text that stands in the picture."""
    root = ET.fromstring(widget.screen.value)
    return [node.text for node in root.iter() if node.tag.endswith("text")]


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_live_and_still_in_one_bundle(name, language):
    widget = MAKERS[name](language=language)
    bundle = widget._repr_mimebundle_()
    assert bundle[VIEW]["model_id"] == widget.model_id
    assert bundle["text/html"].startswith('<img alt="')
    assert bundle["text/plain"]
    code = bundle["text/html"].split("base64,")[1].split('"')[0]
    picture = ET.fromstring(base64.b64decode(code))
    assert picture.get("role") == "img"
    assert picture.get("aria-label") == bundle["text/plain"]
    assert len(list(picture.iter())) > 10
    assert "http" not in base64.b64decode(code).decode().replace(
        "http://www.w3.org/2000/svg", ""
    )


@pytest.mark.parametrize("name", MAKERS)
def test_picture_fits_a_projected_slide_and_is_readable(name):
    root = ET.fromstring(MAKERS[name]().screen.value)
    assert float(root.get("width")) <= 1100
    assert float(root.get("height")) <= 460
    sizes = [
        float(node.get("font-size"))
        for node in root.iter()
        if node.tag.endswith("text")
    ]
    assert min(sizes, default=99) >= 19  # 14 pt


@pytest.mark.parametrize("name", MAKERS)
def test_still_picture_is_the_same_every_time(name):
    first, second = (MAKERS[name]()._repr_mimebundle_() for _ in range(2))
    del first[VIEW], second[VIEW]
    assert first == second


@pytest.mark.parametrize("name", MAKERS)
def test_step_is_fast(name):
    widget = MAKERS[name]()
    times = []
    for _ in range(5):
        start = time.thread_time()  # a busy machine does not count
        widget.refresh()
        times.append(time.thread_time() - start)
    assert min(times) < 0.1


def test_unknown_language_is_refused():
    with pytest.raises(ValueError, match="'fr'"):
        widgets.graph_view(language="fr")


def test_course_lib_does_without_widgets():
    code = (
        "import sys, course_lib.layers, course_lib.trainer, course_lib.plots\n"
        "assert 'ipywidgets' not in sys.modules\n"
    )
    # tqdm.auto looks for ipywidgets itself, in a notebook only.
    subprocess.run([sys.executable, "-c", code], check=True)


def test_exported_page_shows_the_still_picture():
    exporter = pytest.importorskip("nbconvert").HTMLExporter()
    bundle = MAKERS["convolution"]()._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", bundle)
    cell = nbformat.v4.new_code_cell("", outputs=[output])
    notebook = nbformat.v4.new_notebook(cells=[cell])
    page, _ = exporter.from_notebook_node(notebook)
    assert bundle["text/html"].split("base64,")[1].split('"')[0] in page
    assert bundle[VIEW]["model_id"] not in page


# augmentation


def test_augmentation_does_what_its_code_says():
    images = characters(3)[0]
    view = widgets.augmentation_playground(images)
    assert view.code() == "x"
    np.testing.assert_array_equal(view.fixed(), images)
    view.amounts["rotate"].value = 15
    view.amounts["dx"].value = 2
    view.flip.value = "vertical"
    assert view.code() == (
        "flip(x, 'vertical') → rotate(x, 15) → shift(x, 0, 2)"
    )
    assert not np.array_equal(view.fixed(), images)


def test_random_augmentation_follows_its_seed():
    view = widgets.augmentation_playground(characters(3)[0])
    view.mode.value = "random"
    view.amounts["noise"].value = 0.2
    view.amounts["elastic"].value = 20
    first, again = view.rows(), view.rows()
    assert len(first) == 4
    np.testing.assert_array_equal(first, again)
    view.amounts["seed"].value = 1
    assert not np.array_equal(first[1], view.rows()[1])
    assert (
        view.code()
        == "Augmenter(rotate=0, shift=0, scale=(1.0, 1.0), noise=0.2, "
        "elastic=(20, 4))(x)"
    )


# drawing


def test_drawing_is_placed_like_the_images():
    place = drawing.Placement(20, True, (14.0, 14.0))
    image = drawing.to_image([[(200, 10), (210, 90)]], place)
    assert image.shape == (1, 1, 28, 28) and image.dtype == np.float32
    assert 0 <= image.min() and image.max() <= 1
    box = drawing._box(image[0, 0])
    assert 19 <= box[1, 0] - box[0, 0] + 1 <= 21
    np.testing.assert_allclose(drawing._mass(image[0, 0]), 14, atol=0.1)


def test_size_and_place_do_not_matter():
    place = drawing.Placement()
    stroke = np.array([(0, 0), (50, 80), (90, 20)])
    small = drawing.to_image([stroke], place)
    large = drawing.to_image([stroke * 2.5 + 30], place)
    np.testing.assert_allclose(small, large, atol=1e-6)


def test_measure_finds_what_the_images_are_like():
    strokes = np.random.default_rng(0).uniform(0, 280, (40, 4, 2))
    made = drawing.Placement(18, False, (12.0, 13.0))
    images = [drawing.to_image([s], made)[0] for s in strokes]
    found = drawing.measure(np.array(images))
    assert abs(found.side - 18) <= 1
    assert not found.by_mass
    np.testing.assert_allclose(found.centre, made.centre, atol=0.5)
    assert drawing.measure(np.zeros((2, 1, 28, 28))) == drawing.Placement()


def test_mouse_draws_and_the_network_answers():
    view = widgets.draw_and_predict(network(), "0123456789")
    assert "%" not in " ".join(shown(view))
    view.move(5, 5)  # the button is up
    view.start(100, 20)
    view.move(100, 200)
    view.stop()
    assert view.image.sum() > 10
    assert "%" in " ".join(shown(view))
    view.clear()
    assert view.image.sum() == 0


def test_sample_image_is_its_own_nearest():
    x, t = characters()
    view = widgets.draw_and_predict(network(), "0123456789", (x, t))
    assert view.sample == 0 and view.nearest()[0] == 0
    view.load()
    assert view.nearest()[0] == 1
    np.testing.assert_array_equal(view.image, x[1:2])


def test_drawing_refuses_other_images():
    with pytest.raises(ValueError, match="labels"):
        widgets.draw_and_predict(network(), "01", (X, [1]))


# dashboard


def test_dashboard_follows_a_training():
    x, t = characters(30)
    net = network()
    board = widgets.training_dashboard(net, epochs=2)
    updates = []
    board.handle = SimpleNamespace(update=lambda b, raw: updates.append(b))
    Trainer(
        net,
        (x, t),
        (x, t),
        epochs=2,
        batch_size=10,
        progress=False,
        on_epoch=board.on_epoch,
    ).fit()
    assert len(board.filters) == 3
    assert board.epoch.value == 2
    assert not np.array_equal(board.filters[0], board.filters[2])
    assert len(updates) == 1 and "epoch 2/2" in updates[0]["text/plain"]
    assert f"test {board.history['test_accuracy'][-1]:.3f}" in shown(board)
    board.epoch.value = 0
    assert "filters (0)" in shown(board)


def network_of_parts():
    W = np.random.default_rng(0).standard_normal((4, 1, 3, 3), "float32")
    ones, zeros = np.ones(4, "float32"), np.zeros(4, "float32")
    stem = [Convolution(W, zeros), BatchNormalization(ones, zeros)]
    out = Affine(np.ones((4, 10), "float32"), np.zeros(10, "float32"))
    return Network([Sequential(stem), GlobalAveragePooling(), out])


def test_dashboard_shows_any_network_and_metric():
    x, t = characters(10)
    net = network_of_parts()
    board = widgets.training_dashboard(net, epochs=1)
    Trainer(
        net,
        (x, t),
        (x, t),
        epochs=1,
        progress=False,
        on_epoch=board.on_epoch,
        metric=lambda network, x, t: 0.625,
        metric_name="mean IoU",
    ).fit()
    assert board.filters[1].shape == (4, 3, 3)
    assert "mean IoU" in shown(board) and "test 0.625" in shown(board)


def test_drawing_leaves_running_statistics_alone():
    x, t = characters(10)
    net = network_of_parts()
    view = widgets.draw_and_predict(net, "0123456789", (x, t))
    assert view.feature_maps().shape == (4, 26, 26)
    assert (net.layers[0].layers[1].running_mean == 0).all()


def test_steps_are_drawn_only_as_often_as_they_are_seen():
    board = widgets.training_dashboard(network(), epochs=1)
    drawn = []
    board.refresh = lambda: drawn.append(1)
    history = {"loss": [2.0], "train_accuracy": [], "test_accuracy": []}
    for step in range(50):
        board.on_step(step, history)
    assert len(drawn) == 1
