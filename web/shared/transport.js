// SPDX-License-Identifier: Apache-2.0
// How the pages reach Kata: over HTTP and a WebSocket. A page without a server has page/worker_transport.js in this place,
// with the same exports; nothing else knows the difference.

import {site} from './site.js';

/// Whether pictures stay in the browser itself.
export const kComputesHere = false;

/// Longest sides of the pictures that are sent, from a slow link to a fast one.
export const kPictureSizes = [320, 400, 480, 560, 640];
const kQuality = 0.75;

/// The answer to a call of the API as a Response; rejects where nobody answers.
export const send = (method, target, init = {}) => fetch(site(target), {...init, method, credentials: 'same-origin'});

/// The address of what a GET call answers, for elements that load it themselves.
export const address_of = async (target) => site(target);

/// Makes a link store what a GET call answers as a file.
export function link_file(link, target) {
  link.href = site(target);
  link.download = '';
}

/// A live connection with the face of a WebSocket.
export function connect_live(tab, heard) {
  const address = new URL(site(`api/live?tab=${tab}&heard=${heard}`));
  address.protocol = address.protocol === 'https:' ? 'wss' : 'ws';
  const socket = new WebSocket(address);
  socket.binaryType = 'arraybuffer';
  return socket;
}

/// The camera's present picture as it is sent; null while there is none.
export async function take_picture(camera, longest) {
  const blob = await camera.jpeg(longest, kQuality);
  return blob && new Uint8Array(await blob.arrayBuffer());
}

export function send_picture(socket, time_s, picture) {
  const message = new Uint8Array(8 + picture.length);
  new DataView(message.buffer).setFloat64(0, time_s, true);
  message.set(picture, 8);
  socket.send(message);
}

/// Somebody will want the camera soon.
export function expect_live() {}
