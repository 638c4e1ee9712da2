"""The same bits as NumPy's own quantiles: finished results rest on them."""

import numpy as np
import pytest
from numpy.typing import NDArray

from models.quantiles import quantile, quantiles

RNG = np.random.default_rng(1)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_the_same_bits(kind: type[np.floating]) -> None:
    for n in range(1, 120):
        values: NDArray[np.floating] = (RNG.random(n) * 180).astype(kind)
        low, high = quantiles(values, 0.05, 0.95)
        assert (low, high) == tuple(np.percentile(values, (5, 95)))
        assert (values - low).dtype == (values - np.percentile(values, (5,))[0]).dtype
        assert quantile(values.astype(np.float64), 0.8) == np.quantile(values.astype(float), 0.8)
