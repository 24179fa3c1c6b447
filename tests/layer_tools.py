"""What the tests of layers share: inputs, and the same by torch."""

import numpy as np

TOLERANCE = {"float32": 2e-5, "float64": 1e-11}
DTYPES = ["float32", "float64"]


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
