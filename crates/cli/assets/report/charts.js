(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const { createChart, createSeriesMarkers, AreaSeries, CandlestickSeries, ColorType, LineStyle } = LightweightCharts;
  const drawn = new Map();

  const colours = () => {
    const style = getComputedStyle(document.documentElement);
    const of = (name) => style.getPropertyValue("--" + name).trim();
    return { ink: of("ink"), soft: of("soft"), line: of("line"), gain: of("gain"), loss: of("loss"), note: of("note"), area: of("area"), fall: of("fall") };
  };

  const begin = (place) => {
    const c = colours();
    return createChart(place, {
      autoSize: true,
      layout: {
        background: { type: ColorType.Solid, color: "transparent" }, textColor: c.soft, fontSize: 11,
        fontFamily: getComputedStyle(document.body).fontFamily, attributionLogo: false,
        panes: { separatorColor: c.line, enableResize: false },
      },
      grid: { vertLines: { visible: false }, horzLines: { color: c.line } },
      rightPriceScale: { borderVisible: false, scaleMargins: { top: 0.1, bottom: 0.08 } },
      timeScale: { borderColor: c.line, timeVisible: data.clock, secondsVisible: false, fixLeftEdge: true, fixRightEdge: true, lockVisibleTimeRangeOnResize: true, minBarSpacing: 0.05 },
      handleScroll: { mouseWheel: false, vertTouchDrag: false },
      handleScale: { mouseWheel: false },
    });
  };

  const equity = (place) => {
    const c = colours();
    const chart = begin(place);
    const quiet = { priceLineVisible: false, lastValueVisible: false, crosshairMarkerRadius: 3, lineWidth: 2 };
    const money = chart.addSeries(AreaSeries, { ...quiet, lineColor: c.gain, topColor: c.area, bottomColor: "transparent",
      priceFormat: { type: "custom", minMove: 1, formatter: (value) => Math.round(value).toLocaleString("en") } }, 0);
    money.setData(data.equity.map(([time, value]) => ({ time, value })));
    const fall = chart.addSeries(AreaSeries, { ...quiet, lineWidth: 1, lineColor: c.loss, topColor: c.fall, bottomColor: c.fall, invertFilledArea: true,
      priceFormat: { type: "custom", minMove: 0.01, formatter: (value) => value.toFixed(2) + " %" } }, 1);
    fall.setData(data.equity.map(([time, , value]) => ({ time, value: -value })));
    const [upper, lower] = chart.panes();
    upper.setStretchFactor(3);
    lower.setStretchFactor(1);
    chart.timeScale().fitContent();
    return chart;
  };

  const trade = (place) => {
    const told = data.trades[place.dataset.trade];
    const c = colours();
    const chart = begin(place);
    chart.applyOptions({ timeScale: { timeVisible: true } });
    const levels = told.levels.map(([, price]) => price);
    const candles = chart.addSeries(CandlestickSeries, {
      upColor: "transparent", downColor: c.soft, borderUpColor: c.soft, borderDownColor: c.soft,
      wickUpColor: c.soft, wickDownColor: c.soft, priceLineVisible: false, lastValueVisible: false,
      priceFormat: { type: "price", precision: told.places, minMove: Math.pow(10, -told.places) },
      autoscaleInfoProvider: (original) => {
        const range = original();
        if (range && range.priceRange) {
          range.priceRange.minValue = Math.min(range.priceRange.minValue, ...levels);
          range.priceRange.maxValue = Math.max(range.priceRange.maxValue, ...levels);
        }
        return range;
      },
    });
    candles.setData(told.bars.map(([time, open, high, low, close]) => ({ time, open, high, low, close })));
    const looks = {
      entry: [c.ink, LineStyle.Solid], exit: [c.note, LineStyle.Solid],
      stop: [c.loss, LineStyle.Dashed], target: [c.gain, LineStyle.Dashed],
    };
    for (const [name, price] of told.levels) {
      const [color, lineStyle] = looks[name];
      candles.createPriceLine({ price, color, lineStyle, lineWidth: 1, axisLabelVisible: true, title: place.clientWidth > 500 ? name : "" });
    }
    createSeriesMarkers(candles, told.marks.map(([time, name]) => name === "in"
      ? { time, position: "belowBar", shape: "arrowUp", color: c.ink, text: "in" }
      : { time, position: "aboveBar", shape: "arrowDown", color: c.note, text: "out" }));
    chart.timeScale().fitContent();
    return chart;
  };

  const draw = (place) => {
    if (!drawn.has(place)) {
      const is_trade = "trade" in place.dataset;
      drawn.set(place, (is_trade ? trade : equity)(place));
      place.dataset.drawn = String(is_trade ? data.trades[place.dataset.trade].bars.length : data.equity.length);
    }
  };

  const places = [...document.querySelectorAll(".chart")];
  const all = () => places.forEach(draw);
  if (places.length <= 24) {
    all();
  } else {
    const watch = new IntersectionObserver((seen) => seen.forEach((one) => {
      if (one.isIntersecting) { draw(one.target); watch.unobserve(one.target); }
    }), { rootMargin: "400px" });
    places.forEach((place) => watch.observe(place));
  }
  addEventListener("beforeprint", all);

  const again = () => {
    const before = [...drawn.keys()];
    drawn.forEach((chart) => chart.remove());
    drawn.clear();
    before.forEach(draw);
  };
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", again);
  const button = document.getElementById("theme");
  button.hidden = false;
  button.addEventListener("click", () => {
    const root = document.documentElement;
    const now = root.dataset.theme || (dark.matches ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
    again();
  });
})();
