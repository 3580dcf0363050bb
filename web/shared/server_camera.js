// SPDX-License-Identifier: Apache-2.0
// A camera of the computer that Kata runs on (kata serve --camera): its MJPEG stream, picture by picture.

import {h} from './dom.js';
import {site} from './site.js';
import {text} from './texts.js';

const kHeadEnd = [13, 10, 13, 10];

function find(bytes, wanted) {
  for (let at = bytes.indexOf(wanted[0]); at !== -1; at = bytes.indexOf(wanted[0], at + 1)) {
    if (wanted.every((value, i) => bytes[at + i] === value)) return at;
  }
  return -1;
}

/// The JPEG parts of a multipart stream, one after the other.
async function* pictures(reader) {
  let bytes = new Uint8Array();
  for (;;) {
    const head_end = find(bytes, kHeadEnd);
    const length = head_end < 0 ? NaN : Number(/Content-Length: (\d+)/i.exec(new TextDecoder().decode(bytes.subarray(0, head_end)))?.[1]);
    if (head_end >= 0 && bytes.length >= head_end + 4 + length) {
      yield new Blob([bytes.subarray(head_end + 4, head_end + 4 + length)], {type: 'image/jpeg'});
      bytes = bytes.slice(head_end + 4 + length);
      continue;
    }
    const {done, value} = await reader.read();
    if (done) return;
    const joined = new Uint8Array(bytes.length + value.length);
    joined.set(bytes);
    joined.set(value, bytes.length);
    bytes = joined;
  }
}

/// Has the same face as Camera.
export class ServerCamera {
  static async open({onlost}) {
    const abort = new AbortController();
    const response = await fetch(site('api/camera'), {signal: abort.signal});
    if (!response.ok) throw new DOMException('', 'NotReadableError');
    const camera = new ServerCamera(abort, onlost);
    const stream = pictures(response.body.getReader());
    const first = await stream.next();
    if (first.done) throw new DOMException('', 'NotReadableError');
    await camera.show(first.value);
    camera.follow(stream);
    return camera;
  }

  constructor(abort, onlost) {
    this.abort = abort;
    this.onlost = onlost;
    this.device = 'server';
    this.is_muted = false;
    this.element = h('canvas', {class: 'camera', role: 'img', 'aria-label': text('camera')});
  }

  async follow(stream) {
    try {
      for await (const picture of stream) await this.show(picture);
    } catch { /* the connection broke, or was closed here */ }
    if (!this.is_closed) this.onlost();
  }

  async show(picture) {
    this.picture = picture;
    const bitmap = await createImageBitmap(picture);
    if (this.element.width !== bitmap.width) this.element.width = bitmap.width;
    if (this.element.height !== bitmap.height) this.element.height = bitmap.height;
    this.element.getContext('2d', {alpha: false}).drawImage(bitmap, 0, 0);
    bitmap.close();
  }

  size() { return [this.element.width, this.element.height]; }

  /// The newest picture as it came: it is a JPEG already.
  async jpeg() {
    const picture = this.picture;
    this.picture = null;
    return picture;
  }

  close() {
    this.is_closed = true;
    this.abort.abort();
  }
}
