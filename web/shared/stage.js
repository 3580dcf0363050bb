// SPDX-License-Identifier: Apache-2.0
// The live picture: video, overlay, and what covers it while there is no camera.

import {api} from './api.js';
import {Camera, camera_list, camera_problem, choose_camera, chosen_camera, kServerCamera} from './camera.js';
import {button, h, icon, replace, toggle} from './dom.js';
import {draw_person, kGhostStyle, kVideoStyle} from './figure.js';
import {Live} from './live.js';
import {pictures_can_be_read} from './readout.js';
import {ServerCamera} from './server_camera.js';
import {text} from './texts.js';
import {ScreenLock} from './wake.js';

const kLookForCamera_ms = 2000;
const kRefusals = ['NotAllowedError', 'SecurityError'];  // waiting does not help against these

export class Stage {
  /// handlers as Live's, and onopen(live), onclose(), onpause() when the camera gives nothing for a while.
  constructor(handlers) {
    this.handlers = handlers;
    this.with_ghost = true;
    this.overlay = h('canvas', {class: 'overlay', 'aria-hidden': 'true'});
    this.cover = h('div', {class: 'stage-cover'});
    this.layer = h('div', {});
    this.note = h('div', {class: 'stage-note hidden', role: 'status'}, text('server_lost'));
    this.screen = new ScreenLock();
    this.is_muted = false;
    this.element = h('div', {class: 'stage mirrored'}, this.overlay, this.layer, this.note, this.cover);
    this.select = h('select', {'aria-label': text('camera'), class: 'hidden', onchange: () => this.change_camera()});
    this.show_cover(text('ready_title'), text('ready_text'));
  }

  get is_on() { return Boolean(this.camera); }
  get is_mirrored() { return this.element.classList.contains('mirrored'); }

  show_cover(title, words, {with_start = true} = {}) {
    this.cover.classList.remove('hidden');
    replace(this.cover, icon('camera', 'figure-icon'), h('h2', {}, title), h('p', {}, words),
            with_start && button(text('start_camera'), () => this.start(), {kind: 'primary', symbol: 'camera', 'data-action': 'start-camera'}));
  }

  async open_camera() {
    this.has_server_camera = await api.status().then((status) => Boolean(status.camera), () => this.has_server_camera ?? false);
    const wanted = chosen_camera();
    const is_server = this.has_server_camera && (wanted === null || wanted === kServerCamera);
    return (is_server ? ServerCamera : Camera).open({onlost: () => this.wait_for_camera(), onmute: (is_muted) => this.mute(is_muted)});
  }

  async start() {
    if (this.camera || this.is_starting) return;
    this.is_starting = true;
    const can_be_read = pictures_can_be_read();  // at once: browsers ask for leave only right after a click
    if (!this.live) this.show_cover(text('starting'), '', {with_start: false});
    try {
      const camera = await this.open_camera();
      if (camera instanceof Camera && !(await can_be_read)) {
        camera.close();
        this.show_problem(text('canvas_title'), text('canvas_hidden'));
      } else {
        this.use(camera);
      }
    } catch (error) {
      const is_waiting = this.live && !kRefusals.includes(error?.name);
      if (!is_waiting) {
        this.stop();
        this.show_problem(text('failed'), camera_problem(error));
      }
    } finally {
      this.is_starting = false;
    }
    await this.list_cameras();
  }

  show_problem(title, words) {
    this.show_cover(title, words);
    this.cover.setAttribute('role', 'alert');
  }

  /// The camera is on: for the first time, or again after it was lost.
  use(camera) {
    this.stop_waiting();
    if (this.camera !== camera) {
      this.camera?.close();
      this.camera?.element.remove();
      this.camera = camera;
      this.element.prepend(camera.element);
      camera.element.addEventListener('resize', () => this.fit());
    }
    this.fit();
    this.screen.hold();
    this.cover.removeAttribute('role');
    this.cover.classList.add('hidden');
    if (camera.is_muted) this.mute(true);
    if (this.live) this.live.camera = camera;
    else this.connect();
  }

  connect() {
    this.live = new Live(this.camera, {
      ...this.handlers,
      onframe: (message, figures) => {
        if (!this.camera || this.is_muted) return;
        this.draw(message);
        this.handlers.onframe?.(message, figures);
      },
      onstate: (state, what) => {
        this.note.classList.toggle('hidden', state !== 'lost');
        if (state === 'lost') this.clear();
        this.handlers.onstate?.(state, this.live, what);
      },
    });
    this.handlers.onopen?.(this.live);
  }

  stop(reason = null) {
    this.stop_waiting();
    this.live?.close();
    this.camera?.close();
    this.camera?.element.remove();
    const was_on = Boolean(this.live);
    this.live = this.camera = null;
    this.is_muted = false;
    this.screen.release();
    this.note.classList.add('hidden');
    this.clear();
    this.show_cover(reason ? text('failed') : text('ready_title'), reason ?? text('ready_text'));
    if (was_on) this.handlers.onclose?.();
  }

  /// The camera is gone: the connection and the count are kept, and it is looked for until it is there again.
  wait_for_camera() {
    if (!this.live) return this.stop();
    this.camera?.close();
    this.camera?.element.remove();
    this.camera = null;
    this.is_muted = false;
    this.live.camera = {jpeg: async () => null, bitmap: async () => null};
    this.screen.release();
    this.clear();
    this.show_problem(text('camera_waiting'), text('camera_lost'));
    this.handlers.onpause?.();
    this.look_for(() => this.start());
  }

  /// The camera gives no picture. It often comes back by itself; where it does not, it is opened anew.
  mute(is_muted) {
    if (!this.camera || this.is_muted === is_muted) return;
    this.is_muted = is_muted;
    if (!is_muted) return this.use(this.camera);
    this.clear();
    this.show_cover(text('camera_waiting'), text('camera_muted'), {with_start: false});
    this.cover.setAttribute('role', 'alert');
    this.handlers.onpause?.();
    this.look_for(() => this.reopen());
  }

  async reopen() {
    if (document.hidden || this.is_starting) return;
    this.is_starting = true;
    try {
      const camera = await this.open_camera();
      if (!this.is_muted || camera.is_muted) return camera.close();
      this.is_muted = false;
      this.use(camera);
    } catch { /* it is still taken */ } finally {
      this.is_starting = false;
    }
  }

  look_for(action) {
    this.stop_waiting();
    this.waiting = setInterval(action, kLookForCamera_ms);
    this.devices_changed = new AbortController();
    navigator.mediaDevices?.addEventListener?.('devicechange', action, {signal: this.devices_changed.signal});
  }

  stop_waiting() {
    clearInterval(this.waiting);
    this.devices_changed?.abort();
  }

  async list_cameras() {
    const cameras = await camera_list();
    if (this.has_server_camera) cameras.push({id: kServerCamera, name: text('camera_server')});
    replace(this.select, cameras.map((camera) =>
      h('option', {value: camera.id, selected: camera.id === this.camera?.device}, camera.name)));
    this.select.classList.toggle('hidden', cameras.length < 2);
  }

  async change_camera() {
    choose_camera(this.select.value);
    this.stop();
    await this.start();
  }

  /// The stage takes the camera's shape: a phone held upright gives an upright picture.
  fit() {
    const [width, height] = this.camera?.size() ?? [0, 0];
    if (width > 0) this.element.style.aspectRatio = `${width} / ${height}`;
  }

  mirror(is_mirrored) { this.element.classList.toggle('mirrored', is_mirrored); }
  mirror_toggle() { return toggle(text('mirror'), 'mirror', true, (on) => this.mirror(on)); }
  full_screen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.element.requestFullscreen?.();
  }

  clear() { this.overlay.getContext('2d').clearRect(0, 0, this.overlay.width, this.overlay.height); }

  /// Landmarks are in units of the picture, which is fitted into the stage with bars.
  draw(message) {
    const canvas = this.overlay;
    const ratio = devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth * ratio, canvas.clientHeight * ratio];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, {width, height});
    const context = canvas.getContext('2d');
    context.clearRect(0, 0, width, height);
    const [picture_width, picture_height] = this.camera ? this.camera.size() : [4, 3];
    const scale = Math.min(width / picture_width, height / picture_height);
    const [w, h_] = [picture_width * scale, picture_height * scale];
    const place = ([x, y]) => [width / 2 + (this.is_mirrored ? 0.5 - x : x - 0.5) * w, height / 2 + (y - 0.5) * h_];
    const line_width = Math.max(3, Math.min(w, h_) / 110);
    if (message.ghost && this.with_ghost) draw_person(context, message.ghost, place, {...kGhostStyle, width: line_width * 2.2});
    draw_person(context, message, place, {...kVideoStyle, width: line_width, errors: message.coach?.joint_errors});
  }
}
