"""Tests of the famous networks: papers' counts, and builds against torch."""

import tracemalloc

import numpy as np
import pytest

from course_lib import layers
from course_lib.gradient import check_gradients
from course_lib.layers import BatchNormalization, Convolution, Dropout
from course_lib.networks import Network, Parallel, Residual, Sequential, famous
from course_lib.optimizers import Adam

# Parameters and MACs of the papers' tables (see also the lessons).
COUNTS = {
    "lenet5": (60_000, 326_520),
    "alexnet": (60_965_224, 724_406_816),
    "vgg16": (138_357_544, 15_470_264_320),
    "vgg19": (143_667_240, 19_632_062_464),
    "googlenet": (6_998_552, 1_582_671_872),
    "resnet18": (11_689_512, 1_814_073_344),
    "resnet34": (21_797_672, 3_663_761_408),
    "resnet50": (25_557_032, 3_857_973_248),
    "resnet101": (44_549_160, 7_570_194_432),
    "resnet152": (60_192_808, 11_282_415_616),
    "densenet121": (7_978_856, 2_834_161_664),
    "mobilenet": (4_231_976, 568_740_352),
}


def test_names_are_those_of_the_papers():
    assert list(famous.NAMES) == list(COUNTS)


@pytest.mark.parametrize("name", COUNTS)
def test_counts_are_those_of_the_papers(name):
    assert famous.count(name) == COUNTS[name]
    assert famous.count(name).parameters == COUNTS[name][0]
    assert famous.layer_table(name).total() == COUNTS[name]


def test_mobilenets_multipliers():
    half = famous.count("mobilenet", width=0.5)
    assert half == (1_331_592, 149_497_088)
    smaller = famous.count("mobilenet", resolution=160 / 224)
    assert smaller.parameters == 4_231_976
    assert smaller == famous.count("mobilenet", input_dim=(3, 160, 160))
    assert round(smaller.macs / 1e6) == 291  # the paper says 290
    assert round(famous.count("mobilenet", width=0.75).macs / 1e6) == 325


def test_counting_allocates_no_weights():
    tracemalloc.start()
    for name in famous.NAMES:
        famous.count(name)
    assert tracemalloc.get_traced_memory()[1] < 1e6
    tracemalloc.stop()


def test_lenet5_row_by_row():
    assert list(famous.layer_table("lenet5")) == [
        ("C1", (6, 28, 28), 156, 117_600),
        ("S2", (6, 14, 14), 12, 0),
        ("C3", (16, 10, 10), 1_516, 150_000),
        ("S4", (16, 5, 5), 32, 0),
        ("C5", (120, 1, 1), 48_120, 48_000),
        ("F6", (84,), 10_164, 10_080),
        ("output", (10,), 0, 840),
    ]


def test_rows_that_the_papers_print():
    rows = {row.layer: row for row in famous.layer_table("googlenet")}
    # Table 1 of the paper, where K is 1,024 and M its square.
    for name, output, kilo, mega in [
        ("inception_3a", (256, 28, 28), 159, 128),
        ("inception_3b", (480, 28, 28), 380, 304),
        ("inception_4a", (512, 14, 14), 364, 73),
    ]:
        assert rows[name].output == output
        assert abs(rows[name].parameters / 1024 - kilo) < 5
        assert abs(rows[name].macs / 1e6 - mega) < 1.1
    sides = [row.output[1] for row in famous.layer_table("alexnet")[:8]]
    assert sides == [55, 27, 27, 13, 13, 13, 13, 6]
    dense = famous.layer_table("densenet121")
    assert [row.output[0] for row in dense if "dense" in row.layer] == [
        256,
        512,
        1024,
        1024,
    ]


def test_c3_sees_what_the_paper_says():
    seen = famous.papers.C3_SEES
    assert [len(set(maps)) for maps in seen] == [3] * 6 + [4] * 9 + [6]
    assert seen[5] == [5, 0, 1] and sorted(seen[14]) == [0, 2, 3, 5]
    # Six map sees each map equally often: 10 of the 16.
    assert np.bincount(np.concatenate(seen)).tolist() == [10] * 6


def test_a_table_shows_itself():
    text = str(famous.layer_table("lenet5"))
    lines = text.splitlines()
    assert len({len(line) for line in lines}) == 1
    assert lines[0].split() == ["layer", "output", "parameters", "MACs"]
    assert lines[-1].split() == ["total", "60,000", "326,520"]
    assert "16x10x10" in lines[3]
    assert max(map(len, lines)) < 80


def images(N, dim, dtype="float32"):
    return np.random.default_rng(1).random((N, *dim)).astype(dtype)


def biases_without_effect(network):
    """How many b the paper leaves out: those normalised right after."""
    paths = [name.rpartition(".")[0] for name in network.params]
    convs = [p for p in paths if network.params.get(f"{p}.W") is not None]
    return sum(
        network.params[f"{p}.b"].size
        for p in dict.fromkeys(convs)
        if network.params[f"{p}.W"].ndim == 4
    )


@pytest.mark.parametrize("dim", [(1, 28, 28), (3, 32, 32), (2, 24, 33)])
@pytest.mark.parametrize("name", famous.NAMES)
def test_what_is_built_is_what_is_counted(name, dim):
    settings = {"classes": 7, "width": 1 / 16 if name != "lenet5" else 1}
    if "res" in name:
        settings["depth"] = (1, 2, 1)
    network = famous.build(name, dim, **settings, rng=0)
    counted = famous.count(name, input_dim=dim, small=True, **settings)
    size = sum(p.size for p in network.params.values())
    if any(path.endswith("gamma") for path in network.params):
        size -= biases_without_effect(network)
    assert size == counted.parameters
    x, t = images(3, dim), np.array([0, 3, 6])
    assert network.predict(x).shape == (3, 7)
    grads = network.gradient(x, t)
    assert list(grads) == list(network.params)
    assert all(np.isfinite(g).all() for g in grads.values())
    assert {g.dtype for g in grads.values()} == {np.dtype("float32")}


def test_the_table_names_the_parameters():
    network = famous.build("googlenet", rng=0)
    table = famous.layer_table(
        "googlenet", input_dim=(1, 28, 28), width=1 / 8, small=True
    )
    assert list(network.layers) == [row.layer for row in table]
    x = images(2, (1, 28, 28))
    for row, layer in zip(table, network.layers.values()):
        x = layer.forward(x, False)
        if row.layer != "average":
            assert x.shape == (2, *row.output[:-1], 10) or (
                x.shape == (2, *row.output)
            )
    assert "inception_4a.1.0.0.W" in network.params


def test_a_large_one_is_built_as_counted():
    network = famous.build(
        "mobilenet", (3, 64, 64), 1000, width=1, small=False
    )
    count = famous.count("mobilenet").parameters
    size = sum(p.size for p in network.params.values())
    assert size - biases_without_effect(network) == count
    strides = [
        layer.stride
        for stage in network.layers.values()
        for layer in getattr(stage, "layers", [])
        if isinstance(layer, Convolution)
    ]
    assert strides.count(2) == 5


def test_a_seed_repeats_the_weights():
    first, same, other = (famous.build("resnet18", rng=i) for i in (1, 1, 2))
    name = "conv3_x.0.0.body.0.0.W"
    np.testing.assert_array_equal(first.params[name], same.params[name])
    assert (first.params[name] != other.params[name]).any()


class Mirror:
    """The same layers by torch's functions, which find the gradients."""

    def __init__(self, torch, network):
        self.torch, self.F = torch, torch.nn.functional
        self.p = {
            name: torch.tensor(a, dtype=torch.float64, requires_grad=True)
            for name, a in network.params.items()
        }
        self.network = network

    def __call__(self, x):
        for name, layer in self.network.layers.items():
            x = self.run(layer, x, name)
        return x

    def run(self, layer, x, path):
        if isinstance(layer, Sequential):
            for i, inner in enumerate(layer.layers):
                x = self.run(inner, x, f"{path}.{i}")
            return x
        if isinstance(layer, Residual):
            body = self.run(layer.body, x, f"{path}.body")
            return body + self.run(layer.shortcut, x, f"{path}.shortcut")
        if isinstance(layer, Parallel):
            outs = [
                self.run(branch, x, f"{path}.{i}")
                for i, branch in enumerate(layer.branches)
            ]
            return self.torch.cat(outs, 1)
        return self.run_layer(layer, x, path)

    def run_layer(self, layer, x, path):
        F, p = self.F, self.p
        match layer:
            case layers.Convolution():
                return F.conv2d(
                    x,
                    p[f"{path}.W"],
                    p[f"{path}.b"],
                    stride=layer.stride,
                    padding=layer.pad,
                    groups=layer.groups,
                )
            case layers.Affine():
                return x.flatten(1) @ p[f"{path}.W"] + p[f"{path}.b"]
            case BatchNormalization():
                gamma, beta = p[f"{path}.gamma"], p[f"{path}.beta"]
                return F.batch_norm(x, None, None, gamma, beta, True)
            case layers.ReLU():
                return F.relu(x)
            case layers.MaxPooling():
                return F.max_pool2d(x, layer.pool_h, layer.stride, layer.pad)
            case layers.AveragePooling():
                return F.avg_pool2d(x, layer.pool_h, layer.stride, layer.pad)
            case layers.GlobalAveragePooling():
                return x.mean((2, 3))
            case Dropout():
                return x
        raise AssertionError(layer)


def small(name):
    """A small one whose Dropout drops nothing."""
    depth = {"densenet121": (2, 3), "googlenet": (2, 1)}.get(name, (1, 2))
    depth = None if name in ("alexnet", "lenet5") else depth
    network = famous.build(
        name, (2, 17, 16), 5, width=1 / 16, depth=depth, rng=0
    )
    for layer in walk(network.layers.values()):
        if isinstance(layer, Dropout):
            layer.ratio = 0
    return network


def walk(inside):
    for layer in inside:
        yield layer
        if hasattr(layer, "children"):
            yield from walk(layer.children().values())


KINDS = [
    "alexnet",
    "vgg16",
    "googlenet",
    "resnet18",
    "resnet50",
    "densenet121",
    "mobilenet",
]


@pytest.mark.parametrize("name", KINDS)
def test_builds_are_torch(name):
    torch = pytest.importorskip("torch")
    network = small(name)
    x, t = images(4, (2, 17, 16), "float64"), np.array([0, 4, 2, 2])
    mirror = Mirror(torch, network)
    scores = mirror(torch.tensor(x))
    theirs = scores.detach().numpy()
    ours = network.predict(x, True)
    assert abs(ours - theirs).max() < 1e-12 * abs(theirs).max()
    torch.nn.functional.cross_entropy(scores, torch.tensor(t)).backward()
    grads = network.gradient(x, t)
    expected = {name: p.grad.numpy() for name, p in mirror.p.items()}
    largest = max(abs(g).max() for g in expected.values())
    for path, grad in expected.items():
        # Before batch normalization a bias has gradient 0, and so has the
        # size of a channel that is alone in it: only rounding is left.
        least = largest if path.endswith(".b") else 1e-3 * largest
        scale = max(abs(grad).max(), least)
        assert abs(grads[path] - grad).max() < 1e-12 * scale, path


@pytest.mark.parametrize(
    "name", ["googlenet", "resnet18", "densenet121", "mobilenet"]
)
def test_builds_have_the_gradients_of_differences(name):
    network = small(name)
    x, t = images(3, (2, 17, 16)), np.array([0, 4, 2])
    rng = np.random.default_rng(0)
    for path, b in network.params.items():
        if path.endswith(".b"):  # where all x are 0, ReLU would have a kink
            b += rng.normal(0, 0.1, b.shape)
    errors = check_gradients(network, x, t, samples=4)
    assert max(errors.values()) < 1e-5


def test_a_build_is_saved(tmp_path):
    network = famous.build("mobilenet", depth=(1, 1), rng=0)
    x, t = images(4, (1, 28, 28)), np.arange(4)
    network.gradient(x, t)
    network.save(tmp_path / "mobile.npz")
    loaded = Network.load(tmp_path / "mobile.npz")
    np.testing.assert_array_equal(loaded.predict(x), network.predict(x))
    assert loaded.layers["conv3_dw"].layers[0].groups == 8


@pytest.mark.parametrize("name", ["lenet5", "resnet18", "googlenet"])
def test_a_build_learns_a_few_images_by_heart(name):
    depth = {"resnet18": (1, 1), "googlenet": (2, 1)}.get(name)
    network = famous.build(name, (1, 20, 20), 4, depth=depth, rng=0)
    x, t = images(12, (1, 20, 20)), np.arange(12) % 4
    x[np.arange(12), 0, 4 * t + 2] += 1
    optimizer = Adam(0.003)
    first = network.loss(x, t)
    for _ in range(100):
        optimizer.update(network.params, network.gradient(x, t))
    assert network.last_layer.loss < first / 5


@pytest.mark.parametrize(
    "name, settings, message",
    [
        ("resnet20", {}, "name is 'resnet20', expected one of .*'resnet18'"),
        ("vgg16", {"width": 0}, "width is 0, expected more than 0"),
        ("vgg16", {"resolution": float("nan")}, "resolution is nan"),
        ("vgg16", {"classes": 0}, "classes is 0"),
        ("vgg16", {"input_dim": (28, 28)}, r"input_dim is \(28, 28\)"),
        ("vgg16", {"input_dim": (3, 0, 28)}, "a size of input_dim is 0"),
        ("vgg16", {"depth": (2, 0)}, "a number of depth is 0"),
        ("vgg16", {"depth": ()}, r"depth is \(\)"),
        ("lenet5", {"depth": (2,)}, r"depth is \(2,\), expected None"),
        ("googlenet", {"depth": (2, 6)}, r"at most \(2, 5, 2\)"),
        ("googlenet", {"depth": (1, 1, 1, 1)}, r"at most \(2, 5, 2\)"),
        (
            "alexnet",
            {"input_dim": (3, 9, 9)},
            r"conv1 of alexnet .*\(3, 9, 9\): .*covers 11",
        ),
    ],
)
def test_famous_refuses(name, settings, message):
    with pytest.raises(ValueError, match=message):
        famous.count(name, **settings)


def test_lenet5_of_1998_is_only_counted():
    with pytest.raises(ValueError, match=r"only counted.*small=True"):
        famous.build("lenet5", (1, 32, 32), small=False)
