// <time-chart>: numbers over time, as stacked bars or as lines, drawn by Apache ECharts.
//
// Property, set by the server: data = { label, kind: 'bars' | 'lines', unit: 'calls' | 'micros', step (milliseconds),
// times (milliseconds since the epoch), series: [{ key, name, colour (a custom property), dash, values }] }.
// Event: `step-chosen` with the index of a time, and the key of a series when its bar was clicked.
//
// To screen readers it is one picture with a label; the server shows the same numbers as a table to who wants them.
const BARS = 'bars';
const DAY = 86_400_000;
const NARROW = 480;
const FEW = 30;

const reduced = matchMedia('(prefers-reduced-motion: reduce)');
const contrast = matchMedia('(prefers-contrast: more)');

const two = (number) => String(number).padStart(2, '0');
const clock = (date) => `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
const day = (date) => `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;

const count = (value) =>
  value >= 1e6 ? `${+(value / 1e6).toFixed(1)} M` : value >= 1e4 ? `${+(value / 1e3).toFixed(1)} k` : String(value);

const duration = (micros) =>
  micros === 0 ? '0' : micros < 1e3 ? `${micros} µs` : micros < 1e6 ? `${+(micros / 1e3).toPrecision(3)} ms` : `${+(micros / 1e6).toPrecision(3)} s`;

// A line needs two points; one without neighbours is seen by its mark alone.
const standsAlone = (values, index) => values[index] != null && values[index - 1] == null && values[index + 1] == null;

const marked = (values) => {
  const isFew = values.length < FEW;
  return {
    // All that are not alone have a mark only while the pointer is at their time.
    data: values.map((value, index) => (standsAlone(values, index) ? { value, itemStyle: { opacity: 1 } } : value)),
    showSymbol: isFew || values.some((_, index) => standsAlone(values, index)),
    showAllSymbol: true,
    symbol: 'circle',
    symbolSize: 5,
    itemStyle: { opacity: isFew ? 1 : 0 },
    emphasis: { itemStyle: { opacity: 1 } },
  };
};

class TimeChart extends HTMLElement {
  #data = null;
  #chart = null;
  #place = null;
  #sizes = new ResizeObserver(() => this.#resize());
  #theme = new MutationObserver(() => this.#draw());
  #redraw = () => this.#draw();

  connectedCallback() {
    this.#place = document.createElement('div');
    this.#place.className = 'time-chart-place';
    this.replaceChildren(this.#place);
    this.setAttribute('role', 'img');
    this.#theme.observe(document.documentElement, { attributeFilter: ['theme'] });
    reduced.addEventListener('change', this.#redraw);
    contrast.addEventListener('change', this.#redraw);
    import('./echarts-parts.js').then(({ init }) => this.#begin(init), () => this.#fail());
  }

  disconnectedCallback() {
    this.#theme.disconnect();
    this.#sizes.disconnect();
    reduced.removeEventListener('change', this.#redraw);
    contrast.removeEventListener('change', this.#redraw);
    this.#chart?.dispose();
    this.#chart = null;
  }

  get data() {
    return this.#data;
  }

  set data(data) {
    this.#data = data;
    this.setAttribute('aria-label', data?.label ?? '');
    this.#draw();
  }

  #begin(init) {
    if (!this.isConnected || this.#chart) {
      return;
    }
    this.#chart = init(this.#place, null, { renderer: 'svg' });
    this.#chart.on('click', (event) => this.#choose(event.dataIndex, event.seriesId));
    this.#chart.getZr().on('click', (event) => {
      if (!event.target && this.#data) {
        const [index] = this.#chart.convertFromPixel({ gridIndex: 0 }, [event.offsetX, event.offsetY]);
        this.#choose(index, '');
      }
    });
    this.#sizes.observe(this);
    this.#draw();
  }

  #fail() {
    this.#place.textContent = 'The chart could not be loaded; the table has the same numbers.';
  }

  #choose(index, series) {
    if (index >= 0 && index < this.#data.times.length) {
      this.dispatchEvent(new CustomEvent('step-chosen', { detail: { index, series: series ?? '' } }));
    }
  }

  #resize() {
    this.#chart?.resize();
    this.#draw();
  }

  #draw() {
    if (this.#chart && this.#data) {
      this.#chart.setOption(this.#option(), { notMerge: true });
    }
  }

  #option() {
    const { kind, unit, step, times, series } = this.#data;
    const style = getComputedStyle(this);
    const colour = (name) => style.getPropertyValue(name).trim();
    const text = colour('--lumo-secondary-text-color');
    const line = colour('--console-line');
    const font = { color: text, fontFamily: style.fontFamily, fontSize: 11 };
    const format = unit === 'micros' ? duration : count;
    const stamp = (time, withDay) => {
      const date = new Date(time);
      return step >= DAY ? day(date).slice(5) : withDay ? `${day(date).slice(5)} ${clock(date)}` : clock(date);
    };
    const isLong = times.length > 0 && times.at(-1) - times[0] >= DAY;
    const width = this.clientWidth;
    return {
      animation: false,
      aria: { enabled: false, decal: { show: contrast.matches } },
      grid: { left: 4, right: 8, top: 10, bottom: 2, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: {
        trigger: 'axis',
        confine: true,
        transitionDuration: reduced.matches ? 0 : 0.1,
        axisPointer: { type: kind === BARS ? 'shadow' : 'line', animation: false, lineStyle: { color: text } },
        backgroundColor: colour('--lumo-base-color'),
        borderColor: line,
        textStyle: { ...font, color: colour('--lumo-body-text-color'), fontSize: 12 },
        valueFormatter: (value) => (value == null ? 'none' : format(value)),
      },
      xAxis: {
        type: 'category',
        boundaryGap: kind === BARS,
        data: times.map((time) => `${day(new Date(time))}${step >= DAY ? '' : ` ${clock(new Date(time))}`}`),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: line } },
        axisLabel: {
          ...font,
          interval: Math.max(0, Math.ceil((times.length * (isLong && step < DAY ? 84 : 56)) / Math.max(width, 1)) - 1),
          formatter: (_, index) => stamp(times[index], isLong && width >= NARROW),
        },
      },
      yAxis: {
        type: 'value',
        minInterval: unit === 'calls' ? 1 : 0,
        splitNumber: 4,
        axisLabel: { ...font, formatter: format },
        splitLine: { lineStyle: { color: line } },
      },
      series: series.map((one) => ({
        id: one.key,
        name: one.name,
        color: colour(one.colour),
        cursor: 'pointer',
        ...(kind === BARS
          ? { type: 'bar', data: one.values, stack: 'all', barCategoryGap: '20%', emphasis: { focus: 'none' } }
          : {
              type: 'line',
              ...marked(one.values),
              connectNulls: false,
              triggerLineEvent: true,
              lineStyle: { width: 2, type: one.dash ?? 'solid' },
            }),
      })),
    };
  }
}

customElements.define('time-chart', TimeChart);
