"""Tests of course_lib.layers against torch, scipy and finite differences."""

import numpy as np
import pytest
from scipy.signal import correlate

from course_lib.gradient import check_gradients
from course_lib.layers import (
    Affine,
    AveragePooling,
    BatchNormalization,
    Convolution,
    Dropout,
    MaxPooling,
    ReLU,
    SoftmaxWithLoss,
)

TOLERANCE = {"float32": 2e-5, "float64": 1e-11}
DTYPES = ["float32", "float64"]

# N, C, H, W, FN, FH, FW, stride, pad
CONVOLUTIONS = [
    (1, 1, 4, 4, 1, 3, 3, 1, 0),
    (1, 1, 1, 1, 1, 1, 1, 1, 0),
    (2, 3, 7, 5, 4, 3, 2, 1, 0),
    (3, 2, 5, 8, 2, 2, 3, 2, 1),
    (2, 4, 6, 6, 3, 1, 1, 1, 0),
    (2, 4, 6, 6, 3, 1, 1, 2, 1),
    (1, 2, 9, 7, 3, 2, 2, 4, 0),
    (2, 1, 6, 11, 2, 5, 3, 3, 2),
    (1, 3, 5, 5, 2, 5, 5, 1, 0),
    (2, 2, 2, 3, 3, 4, 5, 1, 2),
]
# N, C, H, W, PH, PW, stride, pad
POOLINGS = [
    (1, 1, 4, 4, 2, 2, 2, 0),
    (1, 1, 1, 1, 1, 1, 1, 0),
    (2, 3, 7, 5, 3, 2, 1, 0),
    (2, 3, 7, 5, 2, 2, 2, 1),
    (3, 2, 5, 8, 3, 3, 2, 1),
    (1, 2, 9, 10, 2, 3, 4, 0),
    (2, 2, 8, 8, 5, 4, 3, 2),
    (1, 3, 6, 6, 6, 6, 1, 0),
    (2, 1, 3, 3, 1, 1, 2, 0),
]


@pytest.fixture(scope="module")
def torch():
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    return torch


def normal(*shape, dtype="float64", seed=0):
    rng = np.random.default_rng((seed, *shape))
    return rng.standard_normal(shape).astype(dtype)


def close(got, expected, dtype):
    """Assert equality to rounding and the wanted dtype."""
    assert got.dtype == dtype
    assert got.shape == tuple(expected.shape)
    scale = max(1.0, float(np.abs(np.asarray(expected)).max()))
    tolerance = TOLERANCE[str(dtype)] * scale
    np.testing.assert_allclose(got, expected, rtol=0, atol=tolerance)


def run_torch(torch, f, x, dout, *params):
    """Return f(x, *params) and the gradients by torch."""
    tensors = [torch.from_numpy(a).requires_grad_() for a in (x, *params)]
    out = f(*tensors)
    out.backward(torch.from_numpy(dout))
    return out.detach().numpy(), [a.grad.numpy() for a in tensors]


def make_convolution(case, dtype):
    N, C, H, W, FN, FH, FW, stride, pad = case
    weights = normal(FN, C, FH, FW, dtype=dtype, seed=1)
    layer = Convolution(weights, normal(FN, dtype=dtype), stride, pad)
    return layer, normal(N, C, H, W, dtype=dtype)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("case", CONVOLUTIONS)
def test_convolution_is_torch(torch, case, dtype):
    layer, x = make_convolution(case, dtype)
    kept = [x.copy(), layer.W.copy(), layer.b.copy()]
    out = layer.forward(x)
    dout = normal(*out.shape, dtype=dtype, seed=2)
    dx = layer.backward(dout)

    def f(x, W, b):
        return torch.nn.functional.conv2d(
            x, W, b, stride=layer.stride, padding=layer.pad
        )

    expected, grads = run_torch(torch, f, x, dout, layer.W, layer.b)
    close(out, expected, dtype)
    for got, grad in zip((dx, layer.dW, layer.db), grads, strict=True):
        close(got, grad, dtype)
    for array, copy in zip((x, layer.W, layer.b), kept, strict=True):
        np.testing.assert_array_equal(array, copy)
    np.testing.assert_array_equal(
        dout, normal(*out.shape, dtype=dtype, seed=2)
    )


@pytest.mark.parametrize("case", CONVOLUTIONS)
def test_convolution_is_scipy(case):
    layer, x = make_convolution(case, "float64")
    p, s = layer.pad, layer.stride
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    expected = [
        [correlate(image, w, mode="valid")[0, ::s, ::s] for w in layer.W]
        for image in padded
    ]
    expected = np.array(expected) + layer.b[:, None, None]
    close(layer.forward(x), expected, "float64")


@pytest.mark.parametrize("case", CONVOLUTIONS)
def test_convolution_gradients(case):
    layer, x = make_convolution(case, "float64")
    errors = check_gradients(layer, x)
    assert set(errors) == {"dx", "dW", "db"}
    assert max(errors.values()) < 1e-7


def test_convolution_of_the_deck():
    x = [[1, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 3, 0, 1]]
    W = [[2, 0, 1], [0, 1, 2], [1, 0, 2]]
    x, W = np.array(x)[None, None], np.array(W)[None, None]
    out = Convolution(W, np.array([0])).forward(x)
    np.testing.assert_array_equal(out[0, 0], [[15, 16], [6, 15]])
    biased = Convolution(W, np.array([3])).forward(x)
    np.testing.assert_array_equal(biased[0, 0], [[18, 19], [9, 18]])


@pytest.mark.parametrize("case", CONVOLUTIONS[2:5])
def test_convolution_takes_views(case):
    layer, x = make_convolution(case, "float64")
    view = np.ascontiguousarray(x.transpose(0, 2, 3, 1)).transpose(0, 3, 1, 2)
    out = layer.forward(x)
    dout = normal(*out.shape)
    dx, dW = layer.backward(dout), layer.dW
    close(layer.forward(view), out, "float64")
    strided = np.repeat(dout, 2, axis=3)[:, :, :, ::2]
    close(layer.backward(strided), dx, "float64")
    close(layer.dW, dW, "float64")


def test_a_layer_can_be_used_again_with_another_batch():
    layer, x = make_convolution(CONVOLUTIONS[2], "float64")
    first = layer.forward(x)
    layer.forward(x[:1])
    layer.backward(np.ones_like(first[:1]))
    np.testing.assert_allclose(layer.forward(x), first)


@pytest.mark.parametrize(
    "shape, message",
    [
        (
            (28, 28),
            r"x has shape \(28, 28\), expected \(N, C, H, W\); a single "
            r"image needs x\.reshape\(1, 1, 28, 28\)",
        ),
        ((2, 8, 8), r"expected \(N, C, H, W\); one image with channels"),
        ((1, 8, 8, 3), r"\(1, 8, 8, 3\) with 8 channels, expected 3"),
        ((1, 3, 2, 9), "covers 3 pixels, expected at most 2"),
    ],
)
def test_convolution_refuses_images(shape, message):
    layer = Convolution(np.zeros((2, 3, 3, 3)), np.zeros(2))
    with pytest.raises(ValueError, match=message):
        layer.forward(np.zeros(shape))


def test_convolution_refuses_parameters():
    W, b = np.zeros((2, 3, 3, 3)), np.zeros(2)
    with pytest.raises(ValueError, match=r"W has shape \(3, 3\), expected"):
        Convolution(W[0, 0], b)
    with pytest.raises(ValueError, match=r"b has shape \(3,\), .*\(2,\)"):
        Convolution(W, np.zeros(3))
    with pytest.raises(ValueError, match="stride is 0"):
        Convolution(W, b, stride=0)
    with pytest.raises(ValueError, match="pad is -1"):
        Convolution(W, b, pad=-1)


def pooling_torch(torch, kind):
    if kind is MaxPooling:
        return torch.nn.functional.max_pool2d
    return torch.nn.functional.avg_pool2d


@pytest.mark.parametrize("kind", [MaxPooling, AveragePooling])
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("case", POOLINGS)
def test_pooling_is_torch(torch, case, dtype, kind):
    N, C, H, W, PH, PW, stride, pad = case
    x = normal(N, C, H, W, dtype=dtype) - 3  # mostly negative
    before = x.copy()
    layer = kind(PH, PW, stride, pad)
    out = layer.forward(x)
    dout = normal(*out.shape, dtype=dtype, seed=2)
    dx = layer.backward(dout)
    pool = pooling_torch(torch, kind)
    expected, (grad,) = run_torch(
        torch, lambda x: pool(x, (PH, PW), stride, pad), x, dout
    )
    close(out, expected, dtype)
    close(dx, grad, dtype)
    np.testing.assert_array_equal(x, before)
    np.testing.assert_array_equal(
        dout, normal(*out.shape, dtype=dtype, seed=2)
    )


@pytest.mark.parametrize("kind", [MaxPooling, AveragePooling])
@pytest.mark.parametrize("case", POOLINGS)
def test_pooling_gradients(case, kind):
    N, C, H, W, PH, PW, stride, pad = case
    errors = check_gradients(
        kind(PH, PW, stride, pad), normal(N, C, H, W, seed=3)
    )
    assert errors["dx"] < 1e-7


DECK_POOL = [[1, 2, 1, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 4, 0, 1]]


def test_pooling_of_the_deck():
    x = np.array(DECK_POOL)[None, None]
    largest = MaxPooling(2, 2, stride=2).forward(x)
    np.testing.assert_array_equal(largest[0, 0], [[2, 3], [4, 2]])
    mean = AveragePooling(2, 2, stride=2).forward(x)
    np.testing.assert_array_equal(mean[0, 0], [[1, 1.5], [2.25, 1]])


@pytest.mark.parametrize("dtype", ["float32", "int64"])
def test_negative_pixels_survive_at_the_border(dtype):
    x = np.full((1, 1, 3, 3), -5, dtype=dtype)
    out = MaxPooling(2, 2, stride=2, pad=1).forward(x)
    np.testing.assert_array_equal(out, np.full((1, 1, 2, 2), -5))
    assert out.dtype == dtype


def test_average_counts_the_padding():
    x = np.ones((1, 1, 2, 2))
    out = AveragePooling(2, 2, stride=2, pad=1).forward(x)
    np.testing.assert_array_equal(out, np.full((1, 1, 2, 2), 0.25))


def test_ties_go_to_the_first_maximum():
    x = np.array([[7, 7, 1], [7, 7, 7], [0, 7, 7]], dtype=float)[None, None]
    layer = MaxPooling(2, 2)
    layer.forward(x)
    dx = layer.backward(np.array([[[[1.0, 10.0], [100.0, 1000.0]]]]))
    expected = [[1, 10, 0], [100, 1000, 0], [0, 0, 0]]
    np.testing.assert_array_equal(dx[0, 0], expected)


def test_a_window_of_more_than_256_pixels():
    x = np.arange(400.0).reshape(1, 1, 20, 20)
    layer = MaxPooling(17, 17)
    out = layer.forward(x)
    np.testing.assert_array_equal(out, x[:, :, 16:, 16:])
    dx = layer.backward(np.ones_like(out))
    np.testing.assert_array_equal(dx[:, :, 16:, 16:], out > 0)
    assert dx.sum() == 16


@pytest.mark.parametrize("kind", [MaxPooling, AveragePooling])
def test_pooling_refuses(kind):
    with pytest.raises(ValueError, match="pad is 2, expected less than"):
        kind(2, 3, 2, pad=2)
    with pytest.raises(ValueError, match="pool_h is 0"):
        kind(0, 2)
    with pytest.raises(ValueError, match="stride is 0"):
        kind(2, 2, 0)
    with pytest.raises(ValueError, match=r"\(4, 4\), .*reshape\(1, 1, 4, 4"):
        kind(2, 2).forward(np.zeros((4, 4)))
    with pytest.raises(ValueError, match=r"covers 5 pixels, .* at most 4"):
        kind(2, 5).forward(np.zeros((1, 1, 4, 4)))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(3, 8), (2, 2, 2, 2), (1, 8), (4, 8, 1, 1)])
def test_affine_is_torch(torch, shape, dtype):
    x = normal(*shape, dtype=dtype)
    before = x.copy()
    layer = Affine(normal(8, 5, dtype=dtype), normal(5, dtype=dtype))
    out = layer.forward(x)
    dout = normal(*out.shape, dtype=dtype, seed=1)
    dx = layer.backward(dout)

    def f(x, W, b):
        return x.flatten(1) @ W + b

    expected, grads = run_torch(torch, f, x, dout, layer.W, layer.b)
    close(out, expected, dtype)
    for got, grad in zip((dx, layer.dW, layer.db), grads, strict=True):
        close(got, grad, dtype)
    np.testing.assert_array_equal(x, before)
    assert max(check_gradients(layer, x).values()) < 1e-7


def test_affine_refuses():
    layer = Affine(np.zeros((8, 5)), np.zeros(5))
    with pytest.raises(ValueError, match=r"\(2, 3, 2, 2\), expected \(N, 8\)"):
        layer.forward(np.zeros((2, 3, 2, 2)))
    with pytest.raises(ValueError, match=r"\(8,\), expected \(N, 8\)"):
        layer.forward(np.zeros(8))
    with pytest.raises(ValueError, match=r"b has shape \(8,\), .*\(5,\)"):
        Affine(np.zeros((8, 5)), np.zeros(8))
    with pytest.raises(ValueError, match=r"W has shape \(8,\), .*\(D, M\)"):
        Affine(np.zeros(8), np.zeros(8))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(3, 8), (2, 3, 4, 5), (1, 1)])
def test_relu(shape, dtype):
    x = normal(*shape, dtype=dtype)
    before = x.copy()
    layer = ReLU()
    out = layer.forward(x)
    dout = normal(*shape, dtype=dtype, seed=1)
    dx = layer.backward(dout)
    close(out, np.where(x > 0, x, 0), dtype)
    close(dx, np.where(x > 0, dout, 0), dtype)
    np.testing.assert_array_equal(x, before)
    assert check_gradients(layer, x)["dx"] < 1e-7


@pytest.mark.parametrize("dtype", DTYPES)
def test_dropout(dtype):
    x = np.ones((200, 300), dtype=dtype)
    layer = Dropout(0.3, rng=0)
    out = layer.forward(x)
    assert out.dtype == dtype
    kept = out > 0
    assert abs(kept.mean() - 0.7) < 0.01
    np.testing.assert_allclose(out[kept], 1 / 0.7, rtol=1e-6)
    dx = layer.backward(2 * x)
    assert dx.dtype == dtype
    np.testing.assert_array_equal(dx, 2 * out)
    np.testing.assert_array_equal(layer.forward(x, train_flg=False), x)
    again = Dropout(0.3, rng=0).forward(x)
    np.testing.assert_array_equal(again, out)
    assert x.min() == 1


def test_dropout_gradients():
    errors = check_gradients(Dropout(0.5, rng=0), normal(4, 5))
    assert errors["dx"] < 1e-7


@pytest.mark.parametrize("ratio", [-0.1, 1, 50])
def test_dropout_refuses(ratio):
    with pytest.raises(ValueError, match="expected 0 <= ratio < 1"):
        Dropout(ratio)


def make_normalization(D, dtype):
    gamma, beta = normal(D, dtype=dtype), normal(D, dtype=dtype, seed=1)
    return BatchNormalization(gamma, beta)


BATCHES = [(6, 4), (2, 3), (3, 2, 4, 5), (1, 3, 2, 2), (2, 1, 3, 1)]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", BATCHES)
def test_batch_normalization_is_torch(torch, shape, dtype):
    layer = make_normalization(shape[1], dtype)
    x = normal(*shape, dtype=dtype) * 3 + 2
    before = x.copy()
    mean = torch.zeros(shape[1], dtype=getattr(torch, dtype))
    var = torch.ones_like(mean)
    for _ in range(2):
        out = layer.forward(x)
        dout = normal(*shape, dtype=dtype, seed=2)
        dx = layer.backward(dout)

        def f(x, gamma, beta):
            return torch.nn.functional.batch_norm(
                x, mean, var, gamma, beta, training=True, momentum=0.1
            )

        expected, grads = run_torch(torch, f, x, dout, layer.gamma, layer.beta)
        close(out, expected, dtype)
        for got, grad in zip(
            (dx, layer.dgamma, layer.dbeta), grads, strict=True
        ):
            close(got, grad, dtype)
        close(layer.running_mean, mean.numpy(), dtype)
        close(layer.running_var, var.numpy(), dtype)
    np.testing.assert_array_equal(x, before)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [*BATCHES, (1, 4)])
def test_batch_normalization_in_use_is_torch(torch, shape, dtype):
    D = shape[1]
    mean, var = normal(D, dtype=dtype), np.abs(normal(D, dtype=dtype)) + 1
    kept = mean.copy()
    layer = BatchNormalization(
        np.full(D, 2, dtype),
        np.full(D, 3, dtype),
        running_mean=mean,
        running_var=var,
    )
    x, dout = normal(*shape, dtype=dtype), normal(*shape, dtype=dtype, seed=2)
    out = layer.forward(x, train_flg=False)
    dx = layer.backward(dout)
    means = [torch.from_numpy(a) for a in (mean, var)]

    def f(x, gamma, beta):
        return torch.nn.functional.batch_norm(x, *means, gamma, beta)

    expected, grads = run_torch(torch, f, x, dout, layer.gamma, layer.beta)
    close(out, expected, dtype)
    for got, grad in zip((dx, layer.dgamma, layer.dbeta), grads, strict=True):
        close(got, grad, dtype)
    np.testing.assert_array_equal(layer.running_mean, kept)


@pytest.mark.parametrize("shape", BATCHES)
def test_batch_normalization_gradients(shape):
    # With two values a feature they become +1 and -1, whatever they were.
    if shape == (2, 3):
        shape = (3, 3)
    layer = make_normalization(shape[1], "float64")
    errors = check_gradients(layer, normal(*shape))
    assert set(errors) == {"dx", "dgamma", "dbeta"}
    assert max(errors.values()) < 1e-6


def test_batch_normalization_keeps_what_it_was_given():
    mean = np.zeros(3)
    layer = BatchNormalization(np.ones(3), np.zeros(3), running_mean=mean)
    layer.forward(normal(5, 3) + 9)
    assert mean.max() == 0
    assert layer.running_mean.min() > 0


def test_batch_normalization_by_hand():
    layer = BatchNormalization(np.full(1, 2.0), np.zeros(1), eps=0)
    out = layer.forward(np.array([[1.0], [3.0]]))
    np.testing.assert_allclose(out, [[-2], [2]])
    np.testing.assert_allclose(layer.running_mean, 0.1 * 2)
    np.testing.assert_allclose(layer.running_var, 0.9 + 0.1 * 2)
    # In use the statistics are constants: the slope is gamma / std.
    layer.forward(np.array([[1.0], [3.0]]), train_flg=False)
    dx = layer.backward(np.ones((2, 1)))
    np.testing.assert_allclose(dx, 2 / np.sqrt(1.1))


def test_batch_normalization_refuses():
    layer = make_normalization(3, "float64")
    with pytest.raises(ValueError, match=r"\(2, 4\), expected \(N, 3\)"):
        layer.forward(np.zeros((2, 4)))
    with pytest.raises(ValueError, match=r"\(2, 3, 4\), expected \(N, 3\)"):
        layer.forward(np.zeros((2, 3, 4)))
    with pytest.raises(ValueError, match=r"1 value .* expected at least 2"):
        layer.forward(np.zeros((1, 3)))
    with pytest.raises(ValueError, match=r"gamma has shape \(1, 3\)"):
        BatchNormalization(np.ones((1, 3)), np.zeros(3))
    with pytest.raises(ValueError, match=r"beta has shape \(2,\), .*\(3,\)"):
        BatchNormalization(np.ones(3), np.zeros(2))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("one_hot", [False, True])
@pytest.mark.parametrize("N, K", [(1, 2), (5, 10), (3, 3), (4, 1)])
def test_softmax_with_loss_is_torch(torch, N, K, one_hot, dtype):
    x = normal(N, K, dtype=dtype) * 20
    labels = np.random.default_rng(0).integers(0, K, N)
    t = np.eye(K)[labels] if one_hot else labels
    kept = x.copy(), t.copy()
    layer = SoftmaxWithLoss()
    loss = layer.forward(x, t)
    dx = layer.backward()
    assert type(loss) is float

    def f(x):
        return torch.nn.functional.cross_entropy(x, torch.from_numpy(labels))

    expected, (grad,) = run_torch(torch, f, x, np.array(1, dtype))
    assert np.isclose(loss, expected, rtol=1e-5)
    close(dx, grad, dtype)
    np.testing.assert_array_equal(x, kept[0])
    np.testing.assert_array_equal(t, kept[1])


def test_softmax_with_loss_gradient():
    t = np.array([0, 2, 1])
    assert check_gradients(SoftmaxWithLoss(), normal(3, 4), t)["dx"] < 1e-7


def test_softmax_with_loss_of_huge_scores():
    x = np.array([[1000.0, 0.0]], dtype=np.float32)
    assert SoftmaxWithLoss().forward(x, np.array([1])) == 1000


def test_equal_scores_lose_the_logarithm_of_the_classes():
    loss = SoftmaxWithLoss().forward(np.zeros((4, 15)), np.arange(4))
    assert np.isclose(loss, np.log(15))


def test_softmax_with_loss_refuses():
    layer = SoftmaxWithLoss()
    with pytest.raises(ValueError, match=r"x has shape \(3,\), .*\(N, K\)"):
        layer.forward(np.zeros(3), np.array([1]))
    with pytest.raises(ValueError, match=r"labels 3\.\.3, expected 0\.\.2"):
        layer.forward(np.zeros((1, 3)), np.array([3]))


LAYERS = {
    "convolution": lambda: Convolution(np.ones((2, 3, 2, 2)), np.zeros(2)),
    "max": lambda: MaxPooling(2, 2),
    "average": lambda: AveragePooling(2, 2),
    "affine": lambda: Affine(np.ones((48, 2)), np.zeros(2)),
    "relu": ReLU,
    "dropout": Dropout,
    "normalization": lambda: BatchNormalization(np.ones(3), np.zeros(3)),
}


@pytest.mark.parametrize("name", LAYERS)
def test_backward_needs_forward_and_a_fitting_dout(name):
    layer = LAYERS[name]()
    with pytest.raises(RuntimeError, match="before forward"):
        layer.backward(np.ones((2, 2, 3, 3)))
    out = layer.forward(normal(2, 3, 4, 4))
    with pytest.raises(ValueError, match=r"dout has shape .*, expected"):
        layer.backward(np.ones((1, *out.shape[1:])))


@pytest.mark.parametrize("name", LAYERS)
def test_layers_refuse_lists(name):
    with pytest.raises(ValueError, match=r"x is a list, .*np\.array"):
        LAYERS[name]().forward([[1.0]])


def test_loss_needs_forward_first():
    with pytest.raises(RuntimeError, match="before forward"):
        SoftmaxWithLoss().backward()
