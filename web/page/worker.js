// SPDX-License-Identifier: Apache-2.0
// Runs the module beside the page: one message after the other, and what it changed is kept before the next one.

import {Files} from './files.js';
import {Module} from './module.js';
import {Store} from './store.js';

const base = new URL('../', import.meta.url);
const files = new Files();
const kCrafts = '/crafts';
const kModels = '/models';
const kBank = 'foreign.bank';  // stays: it is read when somebody learns for the first time
const queue = [];
let is_working = false;
let studio = null;
let store = null;
let site = null;
let networks = null;
let canvas = null;

const post = (message, transfer = []) => postMessage(message, transfer);

async function fetch_file(path) {
  const response = await fetch(new URL(path, base));
  if (!response.ok) throw new Error(`${path} is missing (${response.status})`);
  return response;
}

/// Whether the browser takes a module whose one function, without parameters, gives four floats by this code.
function runs(code) {
  const head = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0];
  const body = [0, ...code, 11];
  return WebAssembly.validate(new Uint8Array([...head, 10, body.length + 2, 1, body.length, ...body]));
}
const has_simd = () => runs([65, 0, 253, 15, 253, 98]);
/// The multiply-add that rounds once belongs to it; not every browser has it.
const has_relaxed_simd = () => runs([65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2]);

async function begin() {
  if (!has_simd()) throw new Error('it needs WebAssembly with SIMD, as Chrome 91, Firefox 105 and Safari 16.4 have');
  site = await (await fetch_file('site.json')).json();
  const module = fetch_file(site.relaxed && has_relaxed_simd() ? site.relaxed : site.module);
  files.make_folder(kCrafts);
  files.make_folder(kModels);
  files.make_folder('/tmp');
  store = await Store.open({is_wanted: !site.read_only});
  await store.load(files, kCrafts);
  await Promise.all(site.crafts.map(async (name) => {
    files.put(`${kCrafts}/${name}`, new Uint8Array(await (await fetch_file(`crafts/${name}`)).arrayBuffer()));
  }));
  studio = await Module.load(await module, {files, told: (text) => post({type: 'told', text})});
  studio.open({version: site.version, is_read_only: site.read_only || store.kind === 'read'});
  post({type: 'ready', store: store.kind});
}

/// The networks come while the page is shown; they are put away when the module has read them.
async function load_networks() {
  networks ??= Promise.all([...site.networks, kBank].map(async (name) => {
    const bytes = new Uint8Array(await (await fetch_file(`networks/${name}`)).arrayBuffer());
    files.put(`${kModels}/${name}`, bytes);
  }));
  await networks;
  studio.warm_up();
  for (const name of site.networks) files.remove(`${kModels}/${name}`);
}

let loaded = null;
const has_networks = () => (loaded ??= load_networks());

function pixels_of(bitmap) {
  const {width, height} = bitmap;
  if (!canvas) canvas = new OffscreenCanvas(width, height);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, {width, height});
  const context = canvas.getContext('2d', {alpha: false, willReadFrequently: true});
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
}

const handlers = {
  /// What was changed is kept before the page knows: it may go to another one at once.
  async call({id, method, target, content_type, body}) {
    const {status, type, disposition, body: answer} = studio.answer(method, target, content_type, body);
    if (method !== 'GET') await keep();
    post({type: 'answer', id, status, content_type: type, disposition, body: answer}, [answer]);
  },
  async open() {
    await has_networks();
    studio.open_tab();
  },
  close() { studio.close_tab(); },
  say({text}) { studio.say(text); },
  picture({time_s, bitmap}) {
    studio.show(time_s, pixels_of(bitmap));
  },
  expect() { has_networks().catch(() => {}); },
};

async function keep() {
  try {
    await store.save(files.find(kCrafts));
  } catch {
    post({type: 'trouble', code: 'not_kept'});
  }
}

/// Whoever presses a button does not wait for a picture.
function next_message() {
  const call = queue.findIndex(({type}) => type === 'call');
  return call < 0 ? queue.shift() : queue.splice(call, 1)[0];
}

async function work() {
  if (is_working) return;
  is_working = true;
  try {
    for (;;) {
      const message = next_message();
      if (message) await handlers[message.type](message);
      else if (!studio.run_waiting()) break;
      await keep();
    }
  } catch (error) {
    post({type: 'failed', text: String(error?.message ?? error)});
  } finally {
    is_working = false;
  }
}

onmessage = ({data}) => {
  queue.push(data);
  if (studio) work();
};

begin().then(work, (error) => post({type: 'failed', text: String(error?.message ?? error)}));
