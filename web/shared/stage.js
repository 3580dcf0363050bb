// SPDX-License-Identifier: Apache-2.0
// The live picture: video, overlay, and what covers it while there is no camera.

import {api} from './api.js';
import {Camera, camera_list, camera_problem, choose_camera, chosen_camera, kServerCamera} from './camera.js';
import {button, h, icon, replace, toggle} from './dom.js';
import {draw_person, kGhostStyle, kVideoStyle} from './figure.js';
import {Live} from './live.js';
import {ServerCamera} from './server_camera.js';
import {text} from './texts.js';

export class Stage {
  /// handlers as Live's, and onopen(live), onclose().
  constructor(handlers) {
    this.handlers = handlers;
    this.with_ghost = true;
    this.overlay = h('canvas', {class: 'overlay', 'aria-hidden': 'true'});
    this.cover = h('div', {class: 'stage-cover'});
    this.layer = h('div', {});
    this.element = h('div', {class: 'stage mirrored'}, this.overlay, this.layer, this.cover);
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
    this.has_server_camera = await api.status().then((status) => Boolean(status.camera), () => false);
    const wanted = chosen_camera();
    const is_server = this.has_server_camera && (wanted === null || wanted === kServerCamera);
    return (is_server ? ServerCamera : Camera).open({onlost: () => this.stop(text('camera_lost'))});
  }

  async start() {
    if (this.camera || this.is_starting) return;
    this.is_starting = true;
    this.show_cover(text('starting'), '', {with_start: false});
    try {
      this.camera = await this.open_camera();
    } catch (error) {
      this.show_cover(text('failed'), camera_problem(error));
      this.cover.setAttribute('role', 'alert');
      await this.list_cameras();
      return;
    } finally {
      this.is_starting = false;
    }
    this.element.prepend(this.camera.element);
    this.fit();
    this.camera.element.addEventListener('resize', () => this.fit());
    this.cover.classList.add('hidden');
    await this.list_cameras();
    this.live = new Live(this.camera, {
      ...this.handlers,
      onframe: (message, figures) => {
        this.draw(message);
        this.handlers.onframe?.(message, figures);
      },
      onstate: (state) => {
        if (state === 'lost') this.clear();
        this.handlers.onstate?.(state, this.live);
      },
    });
    this.handlers.onopen?.(this.live);
  }

  stop(reason = null) {
    this.live?.close();
    this.camera?.close();
    this.camera?.element.remove();
    this.live = this.camera = null;
    this.clear();
    this.show_cover(reason ? text('failed') : text('ready_title'), reason ?? text('ready_text'));
    this.handlers.onclose?.();
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
