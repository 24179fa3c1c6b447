"""Tests of course_lib.networks."""

import numpy as np
import pytest

from course_lib.layers import AveragePooling, Convolution
from course_lib.networks import SimpleConvNet
from course_lib.optimizers import Adam


def images(N, shape=(1, 28, 28), seed=0):
    rng = np.random.default_rng(seed)
    return rng.random((N, *shape), dtype=np.float32)


def test_shapes_of_the_book():
    network = SimpleConvNet(rng=0)
    shapes = {name: p.shape for name, p in network.params.items()}
    assert shapes == {
        "W1": (30, 1, 5, 5),
        "b1": (30,),
        "W2": (30 * 12 * 12, 100),
        "b2": (100,),
        "W3": (100, 10),
        "b3": (10,),
    }
    assert list(network.layers) == [
        "Conv1",
        "ReLU1",
        "Pool1",
        "Affine1",
        "ReLU2",
        "Affine2",
    ]
    assert all(p.dtype == np.float32 for p in network.params.values())


def test_the_first_loss_is_that_of_guessing():
    network = SimpleConvNet(rng=0)
    loss = network.loss(images(50), np.arange(50) % 10)
    assert abs(loss - np.log(10)) < 0.01


def test_everything_stays_float32_and_x_unchanged():
    network = SimpleConvNet(rng=0)
    x, t = images(7), np.arange(7)
    before = x.copy()
    assert network.predict(x).dtype == np.float32
    grads = network.gradient(x, t)
    assert list(grads) == list(network.params)
    for name, grad in grads.items():
        assert grad.dtype == np.float32
        assert grad.shape == network.params[name].shape
    np.testing.assert_array_equal(x, before)
    assert network.last_layer.loss == network.loss(x, t)


def test_gradient_is_torch():
    torch = pytest.importorskip("torch")
    F = torch.nn.functional
    network = SimpleConvNet(
        (2, 11, 9),
        {"filter_num": 4, "filter_size": 3, "pad": 1, "stride": 2},
        {"pool_size": 2, "stride": 2, "pad": 1},
        hidden_size=8,
        output_size=5,
        weight_init_std="he",
        rng=1,
    )
    x, t = images(6, (2, 11, 9)), np.arange(6) % 5
    grads = network.gradient(x, t)
    p = {
        name: torch.tensor(a, requires_grad=True)
        for name, a in network.params.items()
    }
    h = F.conv2d(torch.tensor(x), p["W1"], p["b1"], stride=2, padding=1)
    h = F.max_pool2d(F.relu(h), 2, 2, 1).flatten(1)
    h = F.relu(h @ p["W2"] + p["b2"]) @ p["W3"] + p["b3"]
    loss = F.cross_entropy(h, torch.tensor(t))
    loss.backward()
    assert np.isclose(network.loss(x, t), loss.item(), rtol=1e-5)
    for name, grad in grads.items():
        np.testing.assert_allclose(grad, p[name].grad, atol=1e-6)


def test_a_few_images_are_learned_by_heart():
    network = SimpleConvNet(
        (1, 12, 12), {"filter_num": 8}, hidden_size=30, rng=0
    )
    x, t = images(20, (1, 12, 12)), np.arange(20) % 10
    optimizer = Adam(lr=0.005)
    first = network.loss(x, t)
    for _ in range(200):
        optimizer.update(network.params, network.gradient(x, t))
    assert network.accuracy(x, t) == 1
    assert network.loss(x, t) < first / 20


@pytest.mark.parametrize("batch_size", [1, 3, 7, 10, 100])
def test_accuracy_counts_the_last_partial_batch(batch_size):
    network = SimpleConvNet(rng=0)
    x = images(10)
    guess = network.predict(x).argmax(axis=1)
    t = guess.copy()
    t[-1] = (t[-1] + 1) % 10
    assert network.accuracy(x, t, batch_size) == 0.9
    assert network.accuracy(x, np.eye(10)[t], batch_size) == 0.9


def test_a_seed_repeats_the_weights():
    first, same = SimpleConvNet(rng=3), SimpleConvNet(rng=3)
    other = SimpleConvNet(rng=4)
    np.testing.assert_array_equal(first.params["W2"], same.params["W2"])
    assert (first.params["W2"] != other.params["W2"]).any()
    generator = np.random.default_rng(3)
    from_generator = SimpleConvNet(rng=generator)
    np.testing.assert_array_equal(
        first.params["W1"], from_generator.params["W1"]
    )


def test_spread_of_the_weights():
    small = SimpleConvNet(rng=0).params
    he = SimpleConvNet(weight_init_std="he", rng=0).params
    assert abs(small["W2"].std() / 0.01 - 1) < 0.02
    assert abs(he["W1"].std() / np.sqrt(2 / 25) - 1) < 0.1
    assert abs(he["W2"].std() / np.sqrt(2 / 4320) - 1) < 0.02
    assert small["b1"].max() == he["b3"].max() == 0


@pytest.mark.parametrize(
    "input_dim, conv_param, pool_param",
    [
        ((1, 27, 25), {}, {}),
        ((3, 10, 17), {"filter_size": 4, "stride": 3, "pad": 1}, {}),
        ((1, 8, 8), {"filter_size": 3}, {"pool_size": 3, "pad": 1}),
        ((2, 5, 5), {"filter_size": 1}, {"pool_size": 2, "stride": 3}),
    ],
)
def test_sizes_need_not_divide(input_dim, conv_param, pool_param):
    network = SimpleConvNet(input_dim, conv_param, pool_param, rng=0)
    grads = network.gradient(images(2, input_dim), np.array([1, 2]))
    assert all(np.isfinite(g).all() for g in grads.values())


def test_given_dicts_are_not_changed():
    conv, pool = {"filter_num": 3}, {"pool_size": 4}
    SimpleConvNet(conv_param=conv, pool_param=pool)
    assert conv == {"filter_num": 3}
    assert pool == {"pool_size": 4}
    assert SimpleConvNet().params["W1"].shape[0] == 30


def test_a_learners_layers_are_used():
    class Mine(Convolution):
        calls = 0

        def forward(self, x):
            Mine.calls += 1
            return super().forward(x)

    network = SimpleConvNet(rng=0, convolution=Mine, pooling=AveragePooling)
    network.gradient(images(2), np.array([1, 2]))
    assert Mine.calls == 1
    assert isinstance(network.layers["Pool1"], AveragePooling)


@pytest.mark.parametrize(
    "options, message",
    [
        ({"input_dim": (28, 28)}, r"input_dim is \(28, 28\), .*\(C, H, W\)"),
        ({"conv_param": {"filters": 3}}, r"has \['filters'\], expected only"),
        ({"pool_param": {"size": 3}}, r"pool_param has \['size'\]"),
        ({"conv_param": {"stride": 0}}, "stride is 0"),
        ({"conv_param": {"filter_size": 29}}, "covers 29 pixels"),
        ({"hidden_size": 0}, "hidden_size is 0"),
        ({"output_size": 1.5}, r"output_size is 1\.5"),
        ({"weight_init_std": "xavier"}, "'xavier', expected a number or"),
    ],
)
def test_network_refuses(options, message):
    with pytest.raises(ValueError, match=message):
        SimpleConvNet(**options)


def test_predict_and_accuracy_refuse():
    network = SimpleConvNet(rng=0)
    with pytest.raises(ValueError, match=r"\(28, 28\), .*reshape\(1, 1, 28"):
        network.predict(np.zeros((28, 28)))
    with pytest.raises(
        ValueError, match=r"\(2, 1, 27, 28\), expected \(2, 1, 28, 28\)"
    ):
        network.predict(np.zeros((2, 1, 27, 28)))
    with pytest.raises(ValueError, match=r"t has shape \(3,\), .*\(2,\)"):
        network.accuracy(images(2), np.zeros(3, int))
    with pytest.raises(ValueError, match="at least one image"):
        network.accuracy(images(0), np.zeros(0, int))
    with pytest.raises(ValueError, match="batch_size is 0"):
        network.accuracy(images(2), np.zeros(2, int), 0)
