# TA-Lib's C library through its Python binding: the same indicators over as many bars as the bench.
# Prints the fastest of some runs, because that is the one the machine disturbed least.
import time

import numpy
import talib

NAMES, BARS, RUNS = 2600, 500, 9


def walk(bars, random):
    close = (20 + 400 * random.random()) * numpy.cumprod(0.99 + 0.02 * random.random(bars))
    opened = numpy.concatenate([close[:1], close[:-1]])
    high = numpy.maximum(opened, close) * (1 + 0.004 * random.random(bars))
    low = numpy.minimum(opened, close) * (1 - 0.004 * random.random(bars))
    volume = numpy.round(1e6 * random.random(bars))
    return high, low, close, volume


def whole_set(high, low, close, volume):
    eight(high, low, close)
    talib.SMA(close, 200)
    talib.EMA(close, 21)
    talib.TRANGE(high, low, close)
    talib.SMA(volume, 20)


def eight(high, low, close, _volume=None):
    talib.RSI(close, 14)
    talib.MACD(close, 12, 26, 9)
    talib.ATR(high, low, close, 14)
    talib.SMA(close, 20)
    talib.SMA(close, 50)
    talib.EMA(close, 9)
    talib.EMA(close, 20)
    talib.BBANDS(close, 20, 2, 2)


def fastest(series, measured):
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        for bars in series:
            measured(*bars)
        times.append(time.perf_counter() - begun)
    return min(times)


random = numpy.random.default_rng(7)
one = [walk(200, random)] * 1000
exchange = [walk(BARS, random) for _ in range(NAMES)]
print(f"TA-Lib {talib.__ta_version__.decode().split()[0]} (C, from Python {talib.__version__}), full arrays:")
for name, measured in [("RSI MACD ATR SMA20/50 EMA9/20 BB20", eight), ("the whole set", whole_set)]:
    print(f"  {name}: 200 bars {fastest(one, measured) * 1e3:.1f} us, "
          f"{NAMES} names of {BARS} bars {fastest(exchange, measured) * 1e3:.1f} ms")
