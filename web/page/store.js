// SPDX-License-Identifier: Apache-2.0
// Keeps the files of one folder in the browser's own storage (OPFS) between visits. One tab at a time writes.
//
// A craft's file is written whole under a new number and counts once its end mark is there; the one before is removed
// after that, so that a tab that is killed in the middle loses nothing. A take's journal only grows: its new end is
// appended, and its reader takes a torn end for the end.

import {FileNode} from './files.js';

const kFolder = 'kata';
const kLock = 'kata-crafts';
const kTries = 20;  // a page that is being left lets go of the lock within two seconds
const kTry_ms = 100;
const kEndMark = new TextEncoder().encode('kata: whole file');
const kPassing = ['-journal', '-wal', '-shm'];  // SQLite's, gone between two calls
const is_journal = (name) => name.startsWith('.take-');
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/// Held until the Worker ends.
function try_lock() {
  return new Promise((resolve) => {
    navigator.locks.request(kLock, {ifAvailable: true}, (lock) => {
      resolve(lock !== null);
      return lock ? new Promise(() => {}) : undefined;
    });
  });
}

async function lock() {
  if (!navigator.locks) return true;
  for (let i = 0; i < kTries; ++i) {
    if (await try_lock()) return true;
    await sleep(kTry_ms);
  }
  return false;
}

const stored_name = (name, number) => `${encodeURIComponent(name)}~${number}`;
function name_of(stored) {
  const at = stored.lastIndexOf('~');
  return at < 0 ? null : {name: decodeURIComponent(stored.slice(0, at)), number: Number(stored.slice(at + 1))};
}

/// The bytes of a stored file; null for one that was not written to its end.
function whole_bytes(bytes) {
  const end = bytes.length - kEndMark.length;
  return end >= 0 && kEndMark.every((value, i) => bytes[end + i] === value) ? bytes.subarray(0, end) : null;
}

export class Store {
  /// `kind`: "kept", "read" when another tab writes, "memory" where the browser keeps nothing, "none" where nothing is to
  /// be kept, as in a page that is for learning only.
  static async open({is_wanted}) {
    if (!is_wanted) return new Store(null, 'none');
    try {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle(kFolder, {create: true});
      return new Store(folder, (await lock()) ? 'kept' : 'read');
    } catch {
      return new Store(null, 'memory');
    }
  }

  constructor(folder, kind) {
    this.folder = folder;
    this.kind = kind;
    this.kept = new Map();  // by name: {number, node, size}
    this.growing = new Map();  // journals that are open: by name
  }

  async load(files, path) {
    if (!this.folder) return;
    const stored = [];
    for await (const [name, handle] of this.folder.entries()) {
      const what = name_of(name);
      if (what && handle.kind === 'file') stored.push({...what, stored: name, handle});
    }
    stored.sort((a, b) => b.number - a.number);
    for (const each of stored) {
      const bytes = new Uint8Array(await (await each.handle.getFile()).arrayBuffer());
      const whole = is_journal(each.name) ? bytes : whole_bytes(bytes);
      if (!whole || this.kept.has(each.name)) {
        await this.drop(each.stored);
        continue;
      }
      const node = files.put(`${path}/${each.name}`, whole);
      node.is_changed = false;
      this.kept.set(each.name, {number: each.number, node, size: whole.length});
    }
  }

  async drop(stored) {
    if (this.kind === 'kept') await this.folder.removeEntry(stored).catch(() => {});
  }

  /// Whether everything that changed is kept now. Throws what the browser says when its disk is full.
  async save(folder) {
    if (this.kind !== 'kept') return;
    for (const [name, node] of folder.children) {
      if (!(node instanceof FileNode) || kPassing.some((ending) => name.endsWith(ending))) continue;
      const before = this.kept.get(name);
      if (before?.node === node && !node.is_changed) continue;
      node.is_changed = false;
      try {
        if (is_journal(name)) await this.append(name, node);
        else await this.replace(name, node);
      } catch (error) {
        node.is_changed = true;
        throw error;
      }
    }
    for (const [name, {number}] of this.kept) {
      if (folder.children.has(name)) continue;
      this.growing.get(name)?.close();
      this.growing.delete(name);
      this.kept.delete(name);
      await this.drop(stored_name(name, number));
    }
  }

  async replace(name, node) {
    const before = this.kept.get(name);
    const number = (before?.number ?? 0) + 1;
    const handle = await this.folder.getFileHandle(stored_name(name, number), {create: true});
    const access = await handle.createSyncAccessHandle();
    try {
      const {bytes} = node;
      access.truncate(0);
      const written = access.write(bytes, {at: 0}) + access.write(kEndMark, {at: bytes.length});
      access.flush();
      if (written !== bytes.length + kEndMark.length) throw new DOMException('', 'QuotaExceededError');
    } finally {
      access.close();
    }
    this.kept.set(name, {number, node, size: node.size});
    if (before) await this.drop(stored_name(name, before.number));
  }

  async append(name, node) {
    const before = this.kept.get(name);
    let access = this.growing.get(name);
    if (!access) {
      const handle = await this.folder.getFileHandle(stored_name(name, 1), {create: true});
      access = await handle.createSyncAccessHandle();
      this.growing.set(name, access);
    }
    const from = before?.node === node ? before.size : 0;
    if (from === 0) access.truncate(0);
    access.write(node.bytes.subarray(from), {at: from});
    access.flush();
    this.kept.set(name, {number: 1, node, size: node.size});
  }
}
