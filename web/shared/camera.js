// SPDX-License-Identifier: Apache-2.0
// The learner's own camera: opens it, names it, makes JPEG pictures of it; or a camera of the computer that Kata runs on.

import {h} from './dom.js';
import {text} from './texts.js';

const kStored = 'kata.camera';
export const kServerCamera = 'server';

export function chosen_camera() {
  try { return localStorage.getItem(kStored); } catch { return null; }
}

export function camera_problem(error) {
  if (!navigator.mediaDevices?.getUserMedia) return text('camera_insecure');
  switch (error?.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return text('camera_refused');
    case 'NotReadableError':
    case 'AbortError':
      return text('camera_busy');
    default:
      return text('camera_none');
  }
}

/// A camera that is on, shown in `element`. `onlost` is called when it is unplugged or taken away for good, `onmute(is_muted)`
/// when it gives no picture for a while: another program or a call has it, its switch is off, the device is locked.
export class Camera {
  static async open({onlost, onmute}) {
    if (!navigator.mediaDevices?.getUserMedia) throw new Error('insecure');
    const wanted = chosen_camera();
    const size = {width: {ideal: 640}, height: {ideal: 480}, frameRate: {ideal: 30}};
    const stream = await navigator.mediaDevices.getUserMedia(
      {audio: false, video: wanted && wanted !== kServerCamera ? {...size, deviceId: {ideal: wanted}} : {...size, facingMode: 'user'}});
    const video = h('video', {playsinline: true, class: 'camera', 'aria-label': text('camera')});
    video.srcObject = stream;
    video.muted = true;
    await video.play();
    return new Camera(video, stream, {onlost, onmute});
  }

  constructor(video, stream, {onlost, onmute}) {
    this.element = video;
    this.stream = stream;
    this.canvas = document.createElement('canvas');
    this.track = stream.getVideoTracks()[0];
    this.device = this.track.getSettings().deviceId ?? '';
    this.stop_listening = new AbortController();
    const {signal} = this.stop_listening;
    this.track.addEventListener('ended', () => onlost(), {signal});
    for (const event of ['mute', 'unmute']) this.track.addEventListener(event, () => onmute?.(this.track.muted), {signal});
    // Phones stop a video when the page goes into the background.
    document.addEventListener('visibilitychange', () => document.hidden || video.play().catch(() => {}), {signal});
  }

  close() {
    this.stop_listening.abort();
    for (const track of this.stream.getTracks()) track.stop();
    this.element.srcObject = null;
  }

  get is_muted() { return this.track.muted; }
  size() { return [this.element.videoWidth, this.element.videoHeight]; }

  /// Width and height of a picture of at most `longest` px; null while there is none: a black or a frozen picture would be
  /// judged as nobody.
  size_within(longest) {
    const [width, height] = this.size();
    if (!width || this.is_muted || this.element.paused) return null;
    const scale = Math.min(1, longest / Math.max(width, height));
    return [Math.round(width * scale), Math.round(height * scale)];
  }

  /// The present picture as an ImageBitmap.
  async bitmap(longest) {
    const size = this.size_within(longest);
    return size && createImageBitmap(this.element, {resizeWidth: size[0], resizeHeight: size[1], resizeQuality: 'medium'});
  }

  /// The present picture as a JPEG blob.
  jpeg(longest, quality) {
    const size = this.size_within(longest);
    if (!size) return Promise.resolve(null);
    [this.canvas.width, this.canvas.height] = size;
    this.canvas.getContext('2d', {alpha: false}).drawImage(this.element, 0, 0, this.canvas.width, this.canvas.height);
    return new Promise((resolve) => this.canvas.toBlob(resolve, 'image/jpeg', quality));
  }
}

/// Names are known to the page only after a camera was allowed once.
export async function camera_list() {
  const devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
  return devices.filter((device) => device.kind === 'videoinput')
    .map((device, index) => ({id: device.deviceId, name: device.label || text('camera_n', {n: index + 1})}));
}

export function choose_camera(id) {
  try { localStorage.setItem(kStored, id); } catch { /* then the first one is used */ }
}
