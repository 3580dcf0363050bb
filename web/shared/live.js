// SPDX-License-Identifier: Apache-2.0
// The live connection (api/http-live.schema.json): pictures there, landmarks and verdicts back.
// One picture is under way at a time; while it is, newer ones are simply not made.

const kPatience_ms = 4000;   // a reply that takes longer is not waited for
const kRetry_ms = 1500;
const kSizes = [320, 400, 480, 560, 640];
const kTooSlow_ms = 130;
const kFast_ms = 70;

export class Live {
  /// handlers: {onframe, onverdict, ontake, onready, onerror, onstate('open'|'lost')}
  constructor(camera, handlers) {
    this.camera = camera;
    this.handlers = handlers;
    this.size = kSizes.length - 1;
    this.trips = [];
    this.is_waiting = false;
    this.is_paused = false;
    this.is_closed = false;
    this.connect();
  }

  connect() {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this.socket = new WebSocket(`${scheme}://${location.host}/api/live`);
    this.socket.binaryType = 'arraybuffer';
    this.socket.addEventListener('open', () => {
      this.is_waiting = false;
      this.start_ms = performance.now();
      this.handlers.onstate?.('open');
      this.pump();
    });
    this.socket.addEventListener('message', (event) => this.receive(JSON.parse(event.data)));
    this.socket.addEventListener('close', () => {
      if (this.is_closed) return;
      this.handlers.onstate?.('lost');
      setTimeout(() => !this.is_closed && this.connect(), kRetry_ms);
    });
  }

  send(message) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  pause(is_paused) {
    this.is_paused = is_paused;
    this.pump();
  }

  close() {
    this.is_closed = true;
    this.socket.close();
  }

  async pump() {
    const now = performance.now();
    const is_stuck = this.is_waiting && now - this.sent_ms > kPatience_ms;
    if (this.is_closed || this.is_paused || this.socket.readyState !== WebSocket.OPEN) return;
    if (this.is_waiting && !is_stuck) return;
    this.is_waiting = true;
    this.sent_ms = this.taken_ms = now;
    const blob = await this.camera.jpeg(kSizes[this.size], 0.75);
    if (!blob || this.socket.readyState !== WebSocket.OPEN) {
      this.is_waiting = false;
      setTimeout(() => this.pump(), 60);
      return;
    }
    this.sent_ms = performance.now();
    const message = new Uint8Array(8 + blob.size);
    new DataView(message.buffer).setFloat64(0, (this.sent_ms - this.start_ms) / 1000, true);
    message.set(new Uint8Array(await blob.arrayBuffer()), 8);
    this.socket.send(message);
  }

  receive(message) {
    const {handlers} = this;
    if (message.type === 'frame') {
      this.measure(performance.now() - this.taken_ms);
      this.is_waiting = false;
      handlers.onframe?.(message, this.figures);
      this.pump();
      return;
    }
    handlers[`on${message.type}`]?.(message);
    if (message.type === 'error' && message.code === 'bad_frame') {
      setTimeout(() => {
        this.is_waiting = false;
        this.pump();
      }, kRetry_ms);
    }
  }

  /// From the camera's picture to its answer. Size follows it, so that a slow link slows pictures and does not delay them.
  measure(trip_ms) {
    this.trips.push({trip_ms, at: performance.now()});
    if (this.trips.length > 30) this.trips.shift();
    const sorted = this.trips.map((trip) => trip.trip_ms).sort((a, b) => a - b);
    const median = sorted[sorted.length >> 1];
    const span_s = (this.trips.at(-1).at - this.trips[0].at) / 1000;
    this.figures = {ms: Math.round(median), fps: span_s > 0 ? Math.round((this.trips.length - 1) / span_s) : 0};
    if (this.trips.length < 30) return;
    if (median > kTooSlow_ms && this.size > 0) this.resize(this.size - 1);
    else if (median < kFast_ms && this.size < kSizes.length - 1) this.resize(this.size + 1);
  }

  resize(size) {
    this.size = size;
    this.trips = [];
  }
}
