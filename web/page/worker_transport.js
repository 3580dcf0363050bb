// SPDX-License-Identifier: Apache-2.0
// How the pages reach Kata where there is no server: in a Worker beside them. Published as shared/transport.js, whose
// exports these are.

import {site} from './site.js';

export const kComputesHere = true;

/// Nothing is sent anywhere, so that smaller pictures would save nothing.
export const kPictureSizes = [640];
const kTooSlow_ms = 125;  // a picture; a blow of a hammer is missed at fewer than eight a second
const kMeasured = 30;
const kReleased_ms = 60000;  // a file that was stored needs its address no more

let worker = null;
let failure = null;
let tab = null;
let calls = 0;
const waiting = new Map();  // calls under way: by number

/// Comes after the pages' own modules, which it uses.
const installation = import(site('page/install.js'));
installation.then(({install}) => install());
const tell = (message) => installation.then(({tell_about}) => tell_about(message));

function fail(text) {
  failure = text;
  for (const {reject} of waiting.values()) reject(new TypeError(text));
  waiting.clear();
  tab?.end();
}

function receive({data}) {
  if (data.type === 'told') return tab?.hear(data.text);
  if (data.type === 'answer') {
    const {resolve} = waiting.get(data.id) ?? {};
    waiting.delete(data.id);
    if (data.status === 204) return resolve?.(new Response(null, {status: 204}));
    const headers = {'Content-Type': data.content_type};
    if (data.disposition) headers['Content-Disposition'] = data.disposition;
    return resolve?.(new Response(data.body, {status: data.status, headers}));
  }
  if (data.type === 'failed') fail(data.text);
  tell(data);
}

function post(message, transfer = []) {
  if (!worker) {
    worker = new Worker(site('page/worker.js'), {type: 'module'});
    worker.onmessage = receive;
    worker.onerror = (event) => fail(event.message ?? 'the Worker ended');
  }
  worker.postMessage(message, transfer);
}

async function call(method, target, {headers = {}, body = ''} = {}) {
  if (failure) throw new TypeError(failure);
  const content = body instanceof Blob ? await body.arrayBuffer() : body;
  const id = ++calls;
  return new Promise((resolve, reject) => {
    waiting.set(id, {resolve, reject});
    post({type: 'call', id, method, target: `/${target}`, content_type: headers['Content-Type'] ?? '', body: content},
         content instanceof ArrayBuffer ? [content] : []);
  });
}

/// ?craft=ADDRESS of a .kata file of this site: it is imported once, then the page goes on with the craft's own id.
async function open_link() {
  const link = new URLSearchParams(location.search).get('craft');
  if (!link?.endsWith('.kata')) return;
  const address = new URL(link, location.href);
  if (address.origin !== location.origin) throw new TypeError(`${address.origin} is another site`);
  const kept = `kata.link.${address.href}`;
  let id = localStorage.getItem(kept);
  if (!id || !(await call('GET', `api/crafts/${id}`)).ok) {
    const file = await fetch(address);
    if (!file.ok) throw new TypeError(`${address.pathname}: ${file.status}`);
    const answer = await call('POST', 'api/crafts/import', {body: await file.arrayBuffer()});
    if (!answer.ok) return;
    ({id} = await answer.json());
    localStorage.setItem(kept, id);
  }
  location.replace(`?craft=${encodeURIComponent(id)}`);
  await new Promise(() => {});  // the page that comes then asks for itself
}

let link = null;
export async function send(method, target, init) {
  await (link ??= open_link());
  return call(method, target, init);
}

async function blob_of(target) {
  const response = await send('GET', target);
  if (!response.ok) throw new Error(`${target}: ${response.status}`);
  return {response, blob: await response.blob()};
}

export const address_of = async (target) => URL.createObjectURL((await blob_of(target)).blob);

/// The whole name, as the answer says it in any script (RFC 6266).
function file_name(response) {
  const head = response.headers.get('Content-Disposition') ?? '';
  const whole = /filename\*=UTF-8''([^;]+)/.exec(head)?.[1];
  return whole ? decodeURIComponent(whole) : /filename="([^"]*)"/.exec(head)?.[1] ?? 'craft.kata';
}

export function link_file(link, target) {
  link.href = site('./');  // so that it is one, for the keyboard too
  link.addEventListener('click', async (event) => {
    event.preventDefault();
    const {response, blob} = await blob_of(target);
    const address = URL.createObjectURL(blob);
    const file = document.createElement('a');
    Object.assign(file, {href: address, download: file_name(response)});
    file.click();
    setTimeout(() => URL.revokeObjectURL(address), kReleased_ms);
  });
}

/// The tab's line to the Worker, with the face of a WebSocket. It cannot break, so it answers pings itself; one picture is
/// under way at a time.
class WorkerLine extends EventTarget {
  constructor() {
    super();
    this.readyState = WebSocket.OPEN;
    this.has_picture = false;
    this.works_ms = [];
    tab?.end();
    tab = this;
    post({type: 'open'});
    queueMicrotask(() => this.say('{"type":"hello","purpose":"none","resumed":false}'));
  }

  say(text) { this.dispatchEvent(new MessageEvent('message', {data: text})); }

  hear(text) {
    const {type, code, work_ms} = JSON.parse(text);
    if (type === 'hello') return;
    if (type === 'frame') this.measure(work_ms);
    if (type === 'frame' || code === 'bad_frame') this.has_picture = false;
    this.say(text);
  }

  /// Says once that this device is slow, as soon as it is known.
  measure(work_ms) {
    if (this.works_ms.length >= kMeasured) return;
    this.works_ms.push(work_ms);
    if (this.works_ms.length < kMeasured) return;
    const median = [...this.works_ms].sort((a, b) => a - b)[kMeasured >> 1];
    if (median > kTooSlow_ms) tell({type: 'slow', rate_hz: 1000 / median});
  }

  send(text) {
    if (text === '{"type":"ping"}') queueMicrotask(() => this.say('{"type":"pong"}'));
    else post({type: 'say', text});
  }

  show(time_s, bitmap) {
    if (this.has_picture) return bitmap.close();
    this.has_picture = true;
    post({type: 'picture', time_s, bitmap}, [bitmap]);
  }

  end() {
    if (this.readyState !== WebSocket.OPEN) return;
    this.readyState = WebSocket.CLOSED;
    if (tab === this) tab = null;
    this.dispatchEvent(new Event('close'));
  }

  close() {
    if (this.readyState === WebSocket.OPEN) post({type: 'close'});
    this.end();
  }
}

export const connect_live = () => new WorkerLine();
export const take_picture = (camera, longest) => camera.bitmap(longest);
export const send_picture = (line, time_s, bitmap) => line.show(time_s, bitmap);
export const expect_live = () => post({type: 'expect'});
