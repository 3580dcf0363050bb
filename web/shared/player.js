// SPDX-License-Identifier: Apache-2.0
// Plays a stored repetition as a moving figure, in a loop.

import {bounds_of, draw_person, page_style} from './figure.js';

const kRest_s = 0.6;  // between two rounds, so that the end is seen
const kMargin = 0.07;

/// Plays {width, height, frames: [{time_s, pose, left_hand, right_hand}]} on a canvas.
export class Player {
  constructor(canvas, {mirrored = false, speed = 1} = {}) {
    this.canvas = canvas;
    this.mirrored = mirrored;
    this.speed = speed;
    this.repetition = null;
    this.clock_s = 0;
    this.last_ms = null;
    this.is_playing = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.is_visible = true;
    new IntersectionObserver((entries) => {
      this.is_visible = entries.at(-1).isIntersecting;
      this.wake();
    }).observe(canvas);
    new ResizeObserver(() => this.draw()).observe(canvas);
  }

  /// From the share `at` of its length on.
  show(repetition, at = 0) {
    this.repetition = repetition;
    this.aspect = repetition.width > 0 ? repetition.width / repetition.height : 4 / 3;
    this.box = bounds_of(repetition.frames, this.aspect);
    this.clock_s = at * ((repetition.frames.at(-1)?.time_s ?? 0) - (repetition.frames[0]?.time_s ?? 0));
    this.draw();
    this.wake();
  }

  play(is_playing) {
    this.is_playing = is_playing;
    this.wake();
  }

  wake() {
    if (this.handle || !this.is_playing || !this.is_visible || !this.repetition) return;
    this.last_ms = null;
    const step = (now_ms) => {
      this.handle = 0;
      if (!this.canvas.isConnected || !this.is_playing || !this.is_visible) return;
      if (this.last_ms !== null) this.clock_s += ((now_ms - this.last_ms) / 1000) * this.speed;
      this.last_ms = now_ms;
      this.draw();
      this.handle = requestAnimationFrame(step);
    };
    this.handle = requestAnimationFrame(step);
  }

  frame() {
    const frames = this.repetition.frames;
    const start = frames[0].time_s;
    const length = frames.at(-1).time_s - start;
    const at = start + Math.min(this.clock_s % (length + kRest_s), length);
    let low = 0;
    while (low + 1 < frames.length && frames[low + 1].time_s <= at) ++low;
    return frames[low];
  }

  draw() {
    if (!this.repetition?.frames.length) return;
    const canvas = this.canvas;
    const ratio = devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth * ratio, canvas.clientHeight * ratio];
    if (width === 0) return;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, {width, height});
    const context = canvas.getContext('2d');
    context.clearRect(0, 0, width, height);
    const {box, aspect} = this;
    const scale = Math.min(width / (box.right - box.left), height / (box.bottom - box.top)) * (1 - 2 * kMargin);
    const middle = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const side = this.mirrored ? -1 : 1;
    const place = (point) => [width / 2 + side * (point[0] * aspect - middle[0]) * scale,
                              height / 2 + (point[1] - middle[1]) * scale];
    draw_person(context, this.frame(), place, page_style(canvas, Math.max(3, Math.min(width, height) / 60)));
  }
}
