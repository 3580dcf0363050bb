// SPDX-License-Identifier: Apache-2.0
// The live connection (api/http-openapi.json, /api/live): pictures there, landmarks and verdicts back.
// One picture is under way at a time; while it is, newer ones are simply not made. A connection that goes silent is made
// anew, and the program goes on where the old one broke off: both know the tab by its token.

import {connect_live, expect_live, kPictureSizes, send_picture, take_picture} from './transport.js';

const kPatience_ms = 4000;   // a reply that takes longer is not waited for
const kRetry_ms = 1500;
const kTooSlow_ms = 130;
const kFast_ms = 70;
// Silence is noticed within kAsk + kAnswer + two looks: 4.5 s.
const kLook_ms = 500;
const kAsk_ms = 1000;        // after so much silence the program is asked whether it is there
const kAnswer_ms = 2500;     // so long its answer may take
const kSoon_ms = 1500;       // the same after the network changed or the device slept
const kAsleep_ms = 1500;     // a look that comes so late: the page was asleep, or too busy to hear
const kTriesAnew = 4000;     // the close code that says: another connection follows

expect_live();

function new_token() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export class Live {
  /// handlers: {onframe, onverdict, ontake, onready, onerror, onstate('open', {is_resumed, purpose}) and onstate('lost')}
  constructor(camera, handlers) {
    this.camera = camera;
    this.handlers = handlers;
    this.tab = new_token();
    this.heard = 0;  // replies but frames: what the program repeats after a break begins there
    this.start_ms = performance.now();
    this.size = kPictureSizes.length - 1;
    this.trips = [];
    this.is_waiting = false;
    this.is_paused = false;
    this.is_closed = false;
    this.is_open = false;
    this.requests = [];  // that may not have arrived: [number, message]
    this.request_count = 0;
    this.timer = setInterval(() => this.look(), kLook_ms);
    this.listen();
    this.connect();
  }

  listen() {
    this.stop_listening = new AbortController();
    const {signal} = this.stop_listening;
    for (const event of ['online', 'offline']) addEventListener(event, () => this.ask(kSoon_ms), {signal});
    document.addEventListener('visibilitychange', () => document.hidden || this.ask(kSoon_ms), {signal});
    // A page that is left ends its take at once; one that comes back out of the browser's memory goes on.
    addEventListener('pagehide', () => this.leave(), {signal});
    addEventListener('pageshow', (event) => event.persisted && this.connect(), {signal});
  }

  connect() {
    if (this.is_closed) return;
    clearTimeout(this.retry);
    const socket = connect_live(this.tab, this.heard);
    this.socket = socket;
    this.is_open = false;
    this.looked_ms = this.heard_ms = performance.now();
    this.deadline_ms = this.heard_ms + kPatience_ms;
    const mine = (handle) => (event) => socket === this.socket && handle(event);
    socket.addEventListener('message', mine((event) => this.receive(JSON.parse(event.data))));
    socket.addEventListener('close', mine(() => this.lose(kRetry_ms)));
  }

  /// The connection is no use any more; another is tried after a while.
  lose(delay_ms) {
    const {socket, is_open} = this;
    this.socket = null;
    this.is_open = this.is_waiting = false;
    if (socket?.readyState <= WebSocket.OPEN) socket.close(kTriesAnew);
    if (this.is_closed) return;
    if (is_open || !this.is_lost) this.handlers.onstate?.('lost');
    this.is_lost = true;
    this.size = 0;  // the new one may be slow
    this.trips = [];
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.connect(), delay_ms);
  }

  /// Asks the program whether it is there, and for an answer before long.
  ask(patience_ms) {
    if (this.is_closed) return;
    if (!this.socket) return this.connect();
    this.deadline_ms = Math.min(this.deadline_ms ?? Infinity, performance.now() + patience_ms);
    this.asked_after = this.request_count;
    this.put({type: 'ping'});
  }

  look() {
    if (!this.socket) return;
    const now = performance.now();
    const was_asleep = now - this.looked_ms > kAsleep_ms;
    this.looked_ms = now;
    if (was_asleep) {
      this.deadline_ms = null;
      this.ask(kSoon_ms);
    } else if (this.deadline_ms !== null && now > this.deadline_ms) {
      this.lose(0);
    } else if (this.deadline_ms === null && now - this.heard_ms > kAsk_ms) {
      this.ask(kAnswer_ms);
    }
    if (this.is_open && (!this.is_waiting || now - this.sent_ms > kPatience_ms)) this.pump();
  }

  put(message) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  /// A request that was sent into a dead connection, or while there was none, is sent again over the next one.
  send(message) {
    this.requests.push([++this.request_count, message]);
    this.put(message);
  }

  /// Whatever was sent after a request and is answered: the request has arrived.
  has_arrived(number) { this.requests = this.requests.filter(([each]) => each > number); }

  pause(is_paused) {
    this.is_paused = is_paused;
    this.pump();
  }

  /// Goodbye: the program ends the take and the count.
  leave() {
    const {socket} = this;
    this.socket = null;
    this.is_open = this.is_waiting = false;
    clearTimeout(this.retry);
    socket?.close();
  }

  close() {
    this.is_closed = true;
    clearInterval(this.timer);
    this.stop_listening.abort();
    this.leave();
  }

  async pump() {
    const {socket} = this;
    const now = performance.now();
    const is_stuck = this.is_waiting && now - this.sent_ms > kPatience_ms;
    if (!this.is_open || this.is_paused || socket?.readyState !== WebSocket.OPEN) return;
    if (this.is_waiting && !is_stuck) return;
    this.is_waiting = true;
    this.sent_ms = this.taken_ms = now;
    const picture = await take_picture(this.camera, kPictureSizes[this.size]);
    if (socket !== this.socket) return;
    if (!picture || socket.readyState !== WebSocket.OPEN) {
      this.is_waiting = false;
      setTimeout(() => this.pump(), 60);
      return;
    }
    this.sent_ms = performance.now();
    this.sent_after = this.request_count;
    send_picture(socket, (this.sent_ms - this.start_ms) / 1000, picture);
  }

  receive(message) {
    const {handlers} = this;
    this.heard_ms = performance.now();
    this.deadline_ms = null;
    if (message.type === 'pong') return this.has_arrived(this.asked_after);
    if (message.type === 'hello') return this.greet(message);
    if (message.type === 'frame') {
      this.measure(performance.now() - this.taken_ms);
      this.has_arrived(this.sent_after);
      this.is_waiting = false;
      handlers.onframe?.(message, this.figures);
      this.pump();
      return;
    }
    ++this.heard;
    handlers[`on${message.type}`]?.(message);
    if (message.type === 'error' && message.code === 'bad_frame') {
      setTimeout(() => {
        this.is_waiting = false;
        this.pump();
      }, kRetry_ms);
    }
  }

  greet({resumed, purpose}) {
    if (!resumed) this.heard = 0;
    this.is_open = true;
    this.is_waiting = this.is_lost = false;
    const again = this.requests;
    this.requests = [];
    if (resumed) for (const [, request] of again) this.send(request);
    this.handlers.onstate?.('open', {is_resumed: resumed, purpose});
    this.pump();
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
    else if (median < kFast_ms && this.size < kPictureSizes.length - 1) this.resize(this.size + 1);
  }

  resize(size) {
    this.size = size;
    this.trips = [];
  }
}
