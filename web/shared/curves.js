// SPDX-License-Identifier: Apache-2.0
// Curves by uPlot, which the program brings along; loaded when the first one is drawn.

import {h} from './dom.js';
import {site} from './site.js';

let loading = null;

function load() {
  loading ??= new Promise((resolve, reject) => {
    document.head.append(h('link', {rel: 'stylesheet', href: site('plot/uplot.css')}));
    document.head.append(h('script', {src: site('plot/uplot.js'), onload: () => resolve(globalThis.uPlot), onerror: reject}));
  });
  return loading;
}

/// A curve over numbers, 0–`most` upwards, that follows the page's colours and width.
///
/// The label says in words what the curve shows, for those who cannot see it.
export class Curve {
  constructor({label, x_name, y_name, most = 100, height = 150, unit = ' %'}) {
    this.options = {label, x_name, y_name, most, height, unit};
    this.element = h('div', {class: 'curve', role: 'img', 'aria-label': label});
    this.data = null;
    new ResizeObserver(() => this.fit()).observe(this.element);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.draw(true));
  }

  /// xs rise; `bands` are more curves drawn thin, such as the limits of an interval.
  async show(xs, ys, summary = '') {
    this.data = [xs, ys];
    this.element.setAttribute('aria-label', [this.options.label, summary].filter(Boolean).join(': '));
    await load();
    this.draw();
  }

  draw(is_anew = false) {
    const width = this.element.clientWidth;
    if (!this.data || !globalThis.uPlot || width === 0) return;
    if (this.plot && !is_anew) {
      this.plot.setData(this.data);
      return;
    }
    this.plot?.destroy();
    const css = getComputedStyle(this.element);
    const colour = (name) => css.getPropertyValue(name).trim();
    const {x_name, y_name, most, height, unit} = this.options;
    const axis = {stroke: colour('--ink-2'), font: `12px ${css.fontFamily}`, labelFont: `12px ${css.fontFamily}`, labelSize: 18,
      grid: {stroke: colour('--line'), width: 1}, ticks: {stroke: colour('--line'), width: 1}};
    const whole = (plot, values) => values.map((value) => (Number.isInteger(value) ? String(value) : ''));
    this.plot = new globalThis.uPlot({
      width, height, legend: {show: false}, cursor: {show: false},
      scales: {x: {time: false}, y: {range: [0, most]}},
      axes: [{...axis, label: x_name, size: 28, values: whole, incrs: [1, 2, 5, 10, 20, 50, 100]}, {...axis, size: 54, values: (plot, values) => values.map((value) => `${value}${unit}`)}],
      series: [{}, {label: y_name, stroke: colour('--accent'), width: 2.5, fill: colour('--accent-soft'),
        points: {show: this.data[0].length < 40, size: 7, fill: colour('--accent')}}],
    }, this.data, this.element);
  }

  fit() {
    const width = this.element.clientWidth;
    if (this.plot && width > 0) this.plot.setSize({width, height: this.options.height});
    else this.draw();
  }
}
