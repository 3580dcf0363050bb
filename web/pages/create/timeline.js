// SPDX-License-Identifier: Apache-2.0
// A take as a strip: how much moves over time, and the repetitions with edges that can be dragged.

import {h, replace} from '../../shared/dom.js';
import {text} from '../../shared/texts.js';

const kStep_s = 1 / 30;
const kLeast_s = 0.2;

export class Timeline {
  /// onmove(span, start_s, end_s) is called when an edge was let go.
  constructor({onmove}) {
    this.onmove = onmove;
    this.canvas = h('canvas', {'aria-hidden': 'true'});
    this.layer = h('div', {});
    this.element = h('div', {class: 'timeline', role: 'group', 'aria-label': text('take_title')}, this.canvas, this.layer);
    new ResizeObserver(() => this.draw_motion()).observe(this.canvas);
  }

  /// take: {start_s, end_s, motion: [0–1], repetitions: [{id, label, start_s, end_s}]}
  show(take) {
    this.take = take;
    this.draw_motion();
    this.draw_spans();
  }

  share(time_s) { return ((time_s - this.take.start_s) / Math.max(0.001, this.take.end_s - this.take.start_s)) * 100; }

  draw_motion() {
    if (!this.take) return;
    const {canvas} = this;
    const ratio = devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth * ratio, canvas.clientHeight * ratio];
    Object.assign(canvas, {width, height});
    const context = canvas.getContext('2d');
    const {motion} = this.take;
    const most = Math.max(...motion, 1e-6);
    context.beginPath();
    context.moveTo(0, height);
    motion.forEach((value, i) => context.lineTo((i / Math.max(1, motion.length - 1)) * width, height - (value / most) * height * 0.85));
    context.lineTo(width, height);
    context.fillStyle = getComputedStyle(canvas).getPropertyValue('--line-strong');
    context.globalAlpha = 0.45;
    context.fill();
  }

  draw_spans() {
    // Whoever moves edges by keyboard stays on the edge when the strip is drawn anew.
    const focused = [...this.layer.querySelectorAll('.edge')].indexOf(document.activeElement);
    replace(this.layer, this.take.repetitions.map((span, index) => {
      const box = h('div', {class: `span ${span.label === 'correct' ? '' : 'wrong'}`}, String(index + 1));
      const edges = ['start_s', 'end_s'].map((side) => this.edge(span, side, index, box));
      this.place(span, box, edges);
      return [box, ...edges];
    }));
    if (focused >= 0) this.layer.querySelectorAll('.edge')[focused]?.focus();
  }

  place(span, box, edges) {
    box.style.left = `${this.share(span.start_s)}%`;
    box.style.width = `${this.share(span.end_s) - this.share(span.start_s)}%`;
    edges.forEach((edge, i) => {
      const side = i === 0 ? 'start_s' : 'end_s';
      edge.style.left = `${this.share(span[side])}%`;
      edge.setAttribute('aria-valuenow', span[side].toFixed(2));
      edge.setAttribute('aria-valuetext', text('seconds_value', {s: span[side].toFixed(2)}));
    });
  }

  edge(span, side, index, box) {
    const label = text(side === 'start_s' ? 'edge_start' : 'edge_end', {n: index + 1});
    const edge = h('button', {type: 'button', class: 'edge', role: 'slider', 'aria-label': label, title: label,
      'aria-valuemin': this.take.start_s.toFixed(2), 'aria-valuemax': this.take.end_s.toFixed(2)});
    const move = (time_s) => {
      const {take} = this;
      span[side] = side === 'start_s'
        ? Math.min(Math.max(time_s, take.start_s), span.end_s - kLeast_s)
        : Math.max(Math.min(time_s, take.end_s), span.start_s + kLeast_s);
      const both = [...this.layer.children].filter((each) => each.previousElementSibling === box || each.previousElementSibling?.previousElementSibling === box).slice(0, 2);
      this.place(span, box, both);
    };
    let was = null;
    const begin = () => { was ??= {start_s: span.start_s, end_s: span.end_s}; };
    const finish = () => {
      const before = was;
      was = null;
      if (before && (before.start_s !== span.start_s || before.end_s !== span.end_s)) this.onmove(span, before);
    };
    edge.addEventListener('pointerdown', (event) => { edge.setPointerCapture(event.pointerId); begin(); });
    edge.addEventListener('pointermove', (event) => {
      if (!was || !edge.hasPointerCapture(event.pointerId)) return;
      const area = this.element.getBoundingClientRect();
      move(this.take.start_s + ((event.clientX - area.left) / area.width) * (this.take.end_s - this.take.start_s));
    });
    edge.addEventListener('pointerup', finish);
    let key_timer = 0;
    edge.addEventListener('keydown', (event) => {
      const step = {ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1, PageDown: -10, PageUp: 10}[event.key];
      if (!step) return;
      event.preventDefault();
      begin();
      move(span[side] + step * kStep_s);
      clearTimeout(key_timer);
      key_timer = setTimeout(finish, 700);
    });
    edge.addEventListener('blur', () => { clearTimeout(key_timer); finish(); });
    return edge;
  }
}
