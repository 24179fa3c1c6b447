"""Tests of the containers and of Network, against torch as well."""

import json

import numpy as np
import pytest

from course_lib.gradient import check_gradients
from course_lib.layers import (
    Affine,
    AveragePooling,
    BatchNormalization,
    Convolution,
    Dropout,
    Flatten,
    GlobalAveragePooling,
    MaxPooling,
    MaxUnpooling,
    ReLU,
    SoftmaxWithLoss,
    SpatialPyramidPooling,
    TransposedConvolution,
    Upsample,
)
from course_lib.networks import (
    Network,
    Parallel,
    Residual,
    Sequential,
    SimpleConvNet,
)
from course_lib.optimizers import Adam
from course_lib.trainer import Trainer


def normal(*shape, dtype="float32", seed=0):
    rng = np.random.default_rng((seed, *shape))
    return rng.standard_normal(shape).astype(dtype)


def conv(FN, C, size, dtype="float32", seed=0, **settings):
    W = normal(FN, C, size, size, dtype=dtype, seed=seed) * np.float32(0.4)
    return Convolution(W, normal(FN, dtype=dtype, seed=seed), **settings)


def norm(C, dtype="float32"):
    gamma = 1 + normal(C, dtype=dtype) / 5
    return BatchNormalization(gamma, normal(C, dtype=dtype, seed=1))


def parts(dtype="float32"):
    """A layer of each kind of block: residual, inception, dense."""
    k = {"dtype": dtype}
    residual = Residual([conv(4, 4, 3, pad=1, **k), norm(4, **k)])
    projection = Residual(
        [conv(6, 4, 3, pad=1, stride=2, **k), norm(6, **k)],
        [conv(6, 4, 1, stride=2, **k), norm(6, **k)],
    )
    inception = Parallel(
        {
            "1x1": [conv(2, 6, 1, **k), ReLU()],
            "3x3": [conv(2, 6, 1, seed=2, **k), conv(3, 2, 3, pad=1, **k)],
            "pool": [MaxPooling(3, 3, 1, 1), conv(1, 6, 1, seed=3, **k)],
        }
    )
    dense = Parallel(
        [Sequential([]), [norm(6, **k), ReLU(), conv(2, 6, 3, pad=1, **k)]]
    )
    return [
        conv(4, 2, 3, pad=1, **k),
        norm(4, **k),
        ReLU(),
        residual,
        ReLU(),
        projection,
        inception,
        dense,
        GlobalAveragePooling(),
        Affine(normal(8, 5, **k), normal(5, **k)),
    ]


def network(dtype="float32"):
    return Network(parts(dtype))


def data(N=4, dtype="float32"):
    return normal(N, 2, 6, 5, dtype=dtype), np.arange(N) % 5


def test_paths_name_what_can_be_learned():
    names = list(network().params)
    assert names[:4] == ["0.W", "0.b", "1.gamma", "1.beta"]
    assert "3.body.0.W" in names and "5.shortcut.1.beta" in names
    assert "6.3x3.1.b" in names and "7.1.2.W" in names
    assert len(names) == 30


def test_params_are_the_layers_own_arrays():
    net = network()
    assert net.params["0.W"] is net.layers[0].W
    assert net.params["5.shortcut.0.W"] is (net.layers[5].shortcut.layers[0].W)
    before = net.predict(data()[0])
    for param in net.params.values():
        param *= 2
    assert (net.predict(data()[0]) != before).any()


def torch_model(torch, params):
    """The same network, written with torch's functions."""
    F = torch.nn.functional
    p = {
        name: torch.tensor(a, requires_grad=True) for name, a in params.items()
    }

    def conv2d(x, path, **k):
        return F.conv2d(x, p[f"{path}.W"], p[f"{path}.b"], **k)

    def norm2d(x, path):
        gamma, beta = p[f"{path}.gamma"], p[f"{path}.beta"]
        return F.batch_norm(x, None, None, gamma, beta, True)

    def forward(x):
        x = F.relu(norm2d(conv2d(x, "0", padding=1), "1"))
        body = norm2d(conv2d(x, "3.body.0", padding=1), "3.body.1")
        x = F.relu(x + body)
        body = conv2d(x, "5.body.0", padding=1, stride=2)
        skip = norm2d(conv2d(x, "5.shortcut.0", stride=2), "5.shortcut.1")
        x = norm2d(body, "5.body.1") + skip
        one = F.relu(conv2d(x, "6.1x1.0"))
        three = conv2d(conv2d(x, "6.3x3.0"), "6.3x3.1", padding=1)
        pool = conv2d(F.max_pool2d(x, 3, 1, 1), "6.pool.1")
        x = torch.cat([one, three, pool], 1)
        new = conv2d(F.relu(norm2d(x, "7.1.0")), "7.1.2", padding=1)
        x = torch.cat([x, new], 1).mean((2, 3))
        return x @ p["9.W"] + p["9.b"]

    return forward, p


def test_gradients_are_those_of_torch():
    torch = pytest.importorskip("torch")
    net, (x, t) = network("float64"), data(dtype="float64")
    forward, p = torch_model(torch, net.params)
    scores = forward(torch.tensor(x))
    loss = torch.nn.functional.cross_entropy(scores, torch.tensor(t))
    loss.backward()
    np.testing.assert_allclose(
        net.predict(x, True), scores.detach(), rtol=1e-11, atol=1e-13
    )
    grads = net.gradient(x, t)
    assert list(grads) == list(net.params)
    assert abs(net.last_layer.loss - loss.item()) < 1e-13
    largest = max(abs(g).max() for g in grads.values())
    for name, grad in grads.items():
        theirs = p[name].grad.numpy()
        scale = max(abs(theirs).max(), 1e-3 * largest)
        assert abs(grad - theirs).max() < 1e-12 * scale, name


def test_gradients_are_those_of_differences():
    x, t = data()
    layers = [*parts()[:-1], Dropout(0.3, rng=0), parts()[-1]]
    errors = check_gradients(Network(layers), x, t)
    assert len(errors) == 30 and max(errors.values()) < 1e-6
    assert max(check_gradients(Sequential(layers), x[:2]).values()) < 1e-6


class KeepsAView(Convolution):
    """Right at first sight, but its filters do not follow a copy."""

    def __init__(self, W, b):
        super().__init__(W, b)
        self.rows = self.W.reshape(len(W), -1)

    def forward(self, x, train_flg=True):
        kept, self.W = self.W, self.rows.reshape(self.W.shape)
        out = super().forward(x)
        self.W = kept
        return out


def test_check_gradients_finds_a_layer_that_keeps_views():
    layer = KeepsAView(normal(2, 2, 1, 1), normal(2))
    net = Network([layer, GlobalAveragePooling()])
    errors = check_gradients(net, normal(3, 2, 4, 4), np.array([0, 1, 0]))
    assert errors["0.W"] > 0.1


def test_check_gradients_finds_a_wrong_backward():
    class Wrong(Residual):
        def backward(self, dout):
            return self.body.backward(dout)

    layer = Wrong([conv(2, 2, 3, pad=1)])
    assert check_gradients(layer, normal(2, 2, 4, 4))["dx"] > 0.1


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_dtype_stays_and_x_is_not_changed(dtype):
    net, (x, t) = network(dtype), data(dtype=dtype)
    kept = x.copy()
    grads = net.gradient(x, t)
    np.testing.assert_array_equal(x, kept)
    assert {g.dtype for g in grads.values()} == {np.dtype(dtype)}
    assert net.predict(x).dtype == dtype


def test_containers_leave_dout_alone():
    x = data(4)[0]
    for layer in parts()[:-2]:
        x, before = layer.forward(x), x
        dout = normal(*x.shape)
        kept = dout.copy()
        assert layer.backward(dout).shape == before.shape
        np.testing.assert_array_equal(dout, kept)


def test_no_relu_writes_where_a_branch_reads():
    first, last = ReLU(), ReLU()
    first.in_place = last.in_place = True
    body = Sequential([first, conv(3, 3, 3, pad=1), last])
    x = normal(2, 3, 4, 4)
    out = Residual(body).forward(x)
    expected = body.forward(x.copy()) + x
    np.testing.assert_array_equal(out, expected)
    assert not first.in_place and not last.in_place
    first.in_place = True
    Parallel([[], [Sequential([first])]])
    assert not first.in_place


def test_only_the_network_leaves_out_the_first_dx():
    net, (x, t) = network(), data()
    net.gradient(x, t)
    out = net.layers[0].forward(x)
    assert net.layers[0].backward(out).shape == x.shape
    simple = SimpleConvNet(rng=0)
    features = Sequential(list(simple.layers.values())[:3])
    images = normal(2, 1, 28, 28)
    out = features.forward(images)
    assert features.backward(out).shape == images.shape


def test_an_empty_sequential_passes():
    x = normal(2, 3)
    layer = Sequential([])
    assert layer.forward(x) is x and layer.backward(x) is x
    assert layer.parameters() == {} == layer.gradients()


def test_train_flg_reaches_every_layer():
    drop = Dropout(0.5, rng=0)
    layer = Sequential([Residual(Parallel([Sequential([drop])]))])
    x = normal(5, 6)
    np.testing.assert_array_equal(layer.forward(x, False), 2 * x)
    assert (layer.forward(x) != 2 * x).any()
    net = Network([layer])
    np.testing.assert_array_equal(net.predict(x), 2 * x)
    t = np.arange(5)
    assert net.loss(x, t, False) == SoftmaxWithLoss().forward(2 * x, t)
    assert net.loss(x, t) != net.loss(x, t, False)


class Mine:
    """A learner's layer: it takes x alone, and knows no needs_dx."""

    def __init__(self, W):
        self.W, self.dW = W, None

    def forward(self, x):
        self.x = x
        return x @ self.W

    def backward(self, dout):
        self.dW = self.x.T @ dout
        return dout @ self.W.T


def test_a_learners_layer_takes_x_alone():
    net = Network([Residual(Mine(normal(3, 3))), Mine(normal(3, 4))])
    x, t = normal(5, 3), np.arange(5) % 4
    assert list(net.params) == ["0.body.W", "1.W"]
    assert max(check_gradients(net, x, t).values()) < 1e-7


def test_a_network_is_trained():
    net = Network(
        {
            "conv": conv(8, 1, 3, pad=1),
            "norm": norm(8),
            "relu": ReLU(),
            "pool": MaxPooling(2, 2, 2),
            "res": Residual([conv(8, 8, 3, pad=1), norm(8)]),
            "flat": Flatten(),
            "out": Affine(normal(8 * 16, 3) / 10, np.zeros(3, "float32")),
        }
    )
    t = np.arange(30) % 3
    x = np.random.default_rng(0).random((30, 1, 8, 8), dtype=np.float32)
    x[np.arange(30), 0, 2 * t] += 1
    history = Trainer(
        net, (x, t), (x, t), 10, 10, Adam(0.01), progress=False, rng=0
    ).fit()
    assert history["test_accuracy"][-1] == 1
    assert history["loss"][-1] < 0.2
    assert list(net.params)[:2] == ["conv.W", "conv.b"]


def saved(tmp_path):
    net = network()
    x, t = data()
    for _ in range(3):
        net.gradient(x, t)  # moves the running statistics
    net.save(tmp_path / "net.npz")
    return net


def test_save_and_load(tmp_path):
    net = saved(tmp_path)
    x, t = data()
    loaded = Network.load(str(tmp_path / "net.npz"))
    assert type(loaded) is Network
    assert list(loaded.params) == list(net.params)
    np.testing.assert_array_equal(loaded.predict(x), net.predict(x))
    mean = loaded.layers[1].running_mean
    np.testing.assert_array_equal(mean, net.layers[1].running_mean)
    for name, grad in loaded.gradient(x, t).items():
        np.testing.assert_array_equal(grad, net.gradient(x, t)[name])
    assert loaded.params["0.W"] is loaded.layers[0].W
    assert list(tmp_path.iterdir()) == [tmp_path / "net.npz"]


def test_a_saved_file_is_the_same_each_time(tmp_path):
    net = saved(tmp_path)
    net.save(tmp_path / "again")
    first = (tmp_path / "net.npz").read_bytes()
    assert first == (tmp_path / "again").read_bytes()
    with np.load(tmp_path / "net.npz") as npz:
        np.testing.assert_array_equal(npz["0.W"], net.params["0.W"])


def test_simple_conv_net_is_saved_as_such(tmp_path):
    net = SimpleConvNet((1, 12, 12), {"filter_num": 3}, output_size=4, rng=5)
    net.save(tmp_path / "net.npz")
    for kind in (Network, SimpleConvNet):
        loaded = kind.load(tmp_path / "net.npz")
        x = normal(2, 1, 12, 12)
        assert type(loaded) is SimpleConvNet
        np.testing.assert_array_equal(loaded.predict(x), net.predict(x))
        assert list(loaded.params) == ["W1", "b1", "W2", "b2", "W3", "b3"]
        assert loaded.params["W2"] is loaded.layers["Affine1"].W


def test_every_kind_of_layer_is_saved(tmp_path):
    pool = MaxPooling(2, 2, 2)
    net = Network(
        [
            Convolution(normal(4, 1, 3, 3), normal(4), 1, 2, 2, 2),
            pool,
            MaxUnpooling(pool),
            TransposedConvolution(normal(4, 3, 4, 4), normal(3), 2, 1),
            Upsample(2),
            AveragePooling(2, 2, 2),
            Dropout(0.25),
            SpatialPyramidPooling((1, 2)),
            Flatten(),
            Affine(normal(15, 3), normal(3)),
        ]
    )
    net.save(tmp_path / "net.npz")
    loaded = Network.load(tmp_path / "net.npz")
    x = normal(3, 2, 6, 6)
    np.testing.assert_array_equal(loaded.predict(x), net.predict(x))
    assert loaded.layers[2].pooling is loaded.layers[1]
    assert loaded.layers[6].ratio == 0.25
    errors = check_gradients(net.layers[0], x)
    assert max(errors.values()) < 1e-7


@pytest.mark.parametrize("make", [network, lambda: SimpleConvNet(rng=0)])
def test_what_is_taken_out_of_params_stays(make, tmp_path):
    net = make()
    first = next(iter(net.params))
    frozen = net.params.pop(first)
    kept, others = frozen.copy(), {n: a.copy() for n, a in net.params.items()}
    x, t = data()
    if isinstance(net, SimpleConvNet):
        x = normal(4, 1, 28, 28)
    Adam(0.01).update(net.params, net.gradient(x, t))
    np.testing.assert_array_equal(frozen, kept)
    assert any((net.params[n] != a).any() for n, a in others.items())
    net.save(tmp_path / "net.npz")
    loaded = Network.load(tmp_path / "net.npz")
    np.testing.assert_array_equal(loaded.params[first], kept)
    np.testing.assert_array_equal(loaded.predict(x), net.predict(x))


def test_classes_of_others_are_named(tmp_path):
    path = tmp_path / "net.npz"
    net = Network([Mine(normal(3, 4))])
    net.save(path)
    with pytest.raises(ValueError, match=r"net\.npz: the class Mine .*known"):
        Network.load(path)
    loaded = Network.load(path, known=[Mine])
    np.testing.assert_array_equal(loaded.params["0.W"], net.params["0.W"])


def test_what_cannot_be_described_is_not_saved(tmp_path):
    class Hidden(ReLU):
        def __init__(self, slope):
            super().__init__()

    path = tmp_path / "net.npz"
    with pytest.raises(ValueError, match=r"Hidden cannot be saved.*'slope'"):
        Network([Hidden(3)]).save(path)
    assert not list(tmp_path.iterdir())


def test_truncated_and_changed_files_are_one_sentence(tmp_path):
    saved(tmp_path)
    whole = (tmp_path / "net.npz").read_bytes()
    path = tmp_path / "broken.npz"
    rng = np.random.default_rng(0)
    wrong = [whole[:cut] for cut in rng.integers(0, len(whole), 30)]
    for place in rng.integers(0, len(whole), 200):
        wrong.append(
            whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        )
    refused = 0
    for content in wrong:
        path.write_bytes(content)
        try:
            Network.load(path)
        except ValueError as error:
            assert "broken.npz cannot be read as a network" in str(error)
            assert "\n" not in str(error)
            refused += 1
    assert refused > 150  # a few bytes, like a date, mean nothing


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"PK\x03\x04 no zip",
        {"a": np.zeros(3)},
        {"description": np.array("no json")},
        {"description": np.array("[1, 2]")},
        {"description": np.array('{"network": {"type": "ReLU"}}')},
        {"description": np.array(json.dumps({"network": {"list": [1]}}))},
        {
            "description": np.array(
                '{"network": {"type": "ReLU", "settings": {}}}'
            )
        },
        {"description": np.array("[" * 100_000)},
        {"description": np.array([{"an": "object"}], dtype=object)},
    ],
)
def test_foreign_files_are_one_sentence(tmp_path, content):
    path = tmp_path / "foreign.npz"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        np.savez(path, **content)
    with pytest.raises(ValueError, match=r"foreign\.npz cannot be read as"):
        Network.load(path)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError, match="gone"):
        Network.load(tmp_path / "gone.npz")


same = ReLU()


@pytest.mark.parametrize(
    "make, message",
    [
        (lambda: Sequential([ReLU]), r"class ReLU, .*write ReLU\(\.\.\.\)"),
        (lambda: Sequential([3]), "has a int, expected a layer"),
        (lambda: Sequential(ReLU()), "layers is a ReLU, expected a list"),
        (lambda: Sequential({"a.b": ReLU()}), "name 'a.b'"),
        (lambda: Residual(3), "body has a int"),
        (lambda: Residual([], 3), "shortcut has a int"),
        (lambda: Parallel([]), "branches is empty"),
        (lambda: Parallel([[], None]), "branch 1 has a NoneType"),
        (lambda: Network([same, [same]]), "has a list"),
        (
            lambda: Network([same, Residual([same])]),
            "same ReLU at '0' and '1.body.0'",
        ),
    ],
)
def test_containers_refuse(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_shapes_that_do_not_fit():
    x = normal(2, 3, 6, 6)
    with pytest.raises(ValueError, match=r"body returned \(2, 3, 4, 4\)"):
        Residual(conv(3, 3, 3)).forward(x)
    with pytest.raises(ValueError, match="same height and width"):
        Parallel([conv(3, 3, 3), Sequential([])]).forward(x)
    for layer in (Residual([]), Parallel([[], []])):
        with pytest.raises(RuntimeError, match="before forward"):
            layer.backward(x)
        layer.forward(x)
        with pytest.raises(ValueError, match="dout has shape"):
            layer.backward(x[:1])
