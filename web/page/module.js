// SPDX-License-Identifier: Apache-2.0
// Kata's rooms as a WebAssembly module (src/kata/page/exports.cc): calls in, answers and messages out.

import {Files} from './files.js';
import {Wasi} from './wasi.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const as_bytes = (value) => (typeof value === 'string' ? encoder.encode(value) : new Uint8Array(value ?? 0));

async function compile(source) {
  if (source instanceof Response) {
    const copy = source.clone();
    try {
      return await WebAssembly.compileStreaming(source);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;  // the host calls the file by another type
      return WebAssembly.compile(await copy.arrayBuffer());
    }
  }
  return WebAssembly.compile(source);
}

export class Module {
  /// `source`: a Response or bytes; told(text) gets every message for the tab.
  static async load(source, {files = new Files(), told = () => {}, say = console.error} = {}) {
    const wasi = new Wasi(files, say);
    const module = new Module(files, told);
    const instance = await WebAssembly.instantiate(await compile(source), {wasi_snapshot_preview1: wasi.imports, kata: {
      told: (at, size) => module.told(module.text(at, size)),
      answered: (...values) => module.keep_answer(...values),
    }});
    module.exports = instance.exports;
    wasi.memory = instance.exports.memory;
    instance.exports._initialize();
    return module;
  }

  constructor(files, told) {
    this.files = files;
    this.told = told;
  }

  text(at, size) { return decoder.decode(new Uint8Array(this.exports.memory.buffer, at, size)); }

  keep_answer(status, type, type_size, head, head_size, body, body_size) {
    this.answer_kept = {status, type: this.text(type, type_size), disposition: this.text(head, head_size),
      body: new Uint8Array(this.exports.memory.buffer, body, body_size).slice().buffer};
  }

  give(...parts) {
    const size = parts.reduce((sum, part) => sum + part.length, 0);
    let at = this.exports.give(size);
    for (const part of parts) {
      new Uint8Array(this.exports.memory.buffer, at, part.length).set(part);
      at += part.length;
    }
  }

  /// Opens the crafts below /crafts. Throws when they cannot be opened.
  open({version, is_read_only = false, is_lite = false}) {
    this.give(as_bytes(version));
    if (!this.exports.open(is_read_only ? 1 : 0, is_lite ? 1 : 0)) throw new Error(decoder.decode(this.answer_kept.body));
  }

  /// {status, type, disposition, body: ArrayBuffer}, as the server would answer.
  answer(method, target, type = '', body = '') {
    const parts = [method, target, type, body].map(as_bytes);
    this.give(...parts);
    this.exports.answer(...parts.map((part) => part.length));
    return this.answer_kept;
  }

  open_tab() { this.exports.open_tab(); }
  close_tab() { this.exports.close_tab(); }
  say(text) {
    this.give(as_bytes(text));
    this.exports.say();
  }

  show(time_s, {width, height, data}) {
    this.give(data);
    this.exports.show(time_s, width, height);
  }

  run_waiting() { return this.exports.run_waiting() === 1; }
  warm_up() { this.exports.warm_up(); }
}
