// SPDX-License-Identifier: Apache-2.0
// The system that the module asks for (WASI preview 1): files in memory, clock, random numbers. Nothing else is there.

import {FileNode, Files, FolderNode} from './files.js';

const kOk = 0;
const kBadDescriptor = 8;
const kExists = 20;
const kInvalid = 28;
const kIsFolder = 31;
const kNotThere = 44;
const kNotSupported = 58;
const kNoFolder = 54;
const kNotEmpty = 55;
const kFolder = 3;
const kFile = 4;
const kRootDescriptor = 3;
const kCreate = 1;
const kOnlyFolder = 2;
const kExclusive = 4;
const kTruncate = 8;
const kAppend = 1;

const decoder = new TextDecoder();
const encoder = new TextEncoder();

export class Wasi {
  constructor(files = new Files(), say = console.error) {
    this.files = files;
    this.say = say;
    this.open = new Map([[kRootDescriptor, {node: files.root, at: 0, flags: 0}]]);
    this.next = kRootDescriptor + 1;
    this.imports = Object.fromEntries(Object.getOwnPropertyNames(Wasi.prototype)
      .filter((name) => /^[a-z]+_[a-z_]+$/.test(name)).map((name) => [name, (...values) => this[name](...values)]));
  }

  set memory(memory) { this.wasm_memory = memory; }
  get view() { return new DataView(this.wasm_memory.buffer); }
  bytes(at, size) { return new Uint8Array(this.wasm_memory.buffer, at, size); }
  text(at, size) { return decoder.decode(this.bytes(at, size)); }

  /// The pieces of a scatter list.
  pieces(list, count) {
    const {view} = this;
    return Array.from({length: count}, (_, i) => this.bytes(view.getUint32(list + 8 * i, true), view.getUint32(list + 8 * i + 4, true)));
  }

  args_get() { return kOk; }
  args_sizes_get(count, size) { return this.environ_sizes_get(count, size); }
  environ_get() { return kOk; }
  environ_sizes_get(count, size) {
    this.view.setUint32(count, 0, true);
    this.view.setUint32(size, 0, true);
    return kOk;
  }

  clock_res_get(_clock, result) {
    this.view.setBigUint64(result, 1000n, true);
    return kOk;
  }

  clock_time_get(clock, _precision, result) {
    const now_ms = clock === 0 ? Date.now() : performance.now();
    this.view.setBigUint64(result, BigInt(Math.round(now_ms * 1e6)), true);
    return kOk;
  }

  random_get(at, size) {
    for (let begin = 0; begin < size; begin += 65536) crypto.getRandomValues(this.bytes(at + begin, Math.min(65536, size - begin)));
    return kOk;
  }

  sched_yield() { return kOk; }
  poll_oneoff() { return kNotSupported; }
  proc_exit(code) { throw new Error(`the module ended with ${code}`); }

  fd_prestat_get(descriptor, result) {
    if (descriptor !== kRootDescriptor) return kBadDescriptor;
    this.view.setUint32(result, 0, true);
    this.view.setUint32(result + 4, 1, true);
    return kOk;
  }

  fd_prestat_dir_name(descriptor, at) {
    if (descriptor !== kRootDescriptor) return kBadDescriptor;
    this.bytes(at, 1)[0] = 47;
    return kOk;
  }

  fd_fdstat_get(descriptor, result) {
    const {view} = this;
    const opened = this.open.get(descriptor);
    if (!opened && descriptor > 2) return kBadDescriptor;
    view.setUint8(result, opened ? (opened.node instanceof FolderNode ? kFolder : kFile) : 2);
    view.setUint16(result + 2, opened?.flags ?? 0, true);
    view.setBigUint64(result + 8, 0x1fffffffn, true);
    view.setBigUint64(result + 16, 0x1fffffffn, true);
    return kOk;
  }

  fd_fdstat_set_flags(descriptor, flags) {
    const opened = this.open.get(descriptor);
    if (!opened) return kBadDescriptor;
    opened.flags = flags;
    return kOk;
  }

  /// Writes what is known of a node.
  tell(node, result) {
    const {view} = this;
    node.number ??= (Wasi.numbers = (Wasi.numbers ?? 0) + 1);
    view.setBigUint64(result, 1n, true);
    view.setBigUint64(result + 8, BigInt(node.number), true);
    view.setBigUint64(result + 16, BigInt(node instanceof FolderNode ? kFolder : kFile), true);
    view.setUint8(result + 16, node instanceof FolderNode ? kFolder : kFile);
    view.setBigUint64(result + 24, 1n, true);
    view.setBigUint64(result + 32, BigInt(node.size ?? 0), true);
    for (const at of [40, 48, 56]) view.setBigUint64(result + at, BigInt(Math.round(node.changed_ms * 1e6)), true);
    return kOk;
  }

  fd_filestat_get(descriptor, result) {
    const opened = this.open.get(descriptor);
    return opened ? this.tell(opened.node, result) : kBadDescriptor;
  }

  path_filestat_get(folder, _flags, path, size, result) {
    const node = this.files.find(this.text(path, size), this.open.get(folder)?.node);
    return node ? this.tell(node, result) : kNotThere;
  }

  fd_filestat_set_size(descriptor, size) {
    const opened = this.open.get(descriptor);
    if (!(opened?.node instanceof FileNode)) return kBadDescriptor;
    opened.node.resize(Number(size));
    return kOk;
  }

  fd_filestat_set_times() { return kOk; }
  path_filestat_set_times() { return kOk; }
  fd_advise() { return kOk; }
  fd_allocate(descriptor, at, size) {
    const opened = this.open.get(descriptor);
    if (!(opened?.node instanceof FileNode)) return kBadDescriptor;
    opened.node.resize(Math.max(opened.node.size, Number(at + size)));
    return kOk;
  }
  fd_sync() { return kOk; }
  fd_datasync() { return kOk; }

  path_open(folder, _lookup, path, size, how, _rights, _inherited, flags, result) {
    const from = this.open.get(folder)?.node;
    const place = this.files.parent_of(this.text(path, size), from);
    if (!place) return kNotThere;
    let node = place.name ? place.folder.children.get(place.name) : place.folder;
    if (node && how & kExclusive && how & kCreate) return kExists;
    if (!node && !(how & kCreate)) return kNotThere;
    if (node instanceof FileNode && how & kOnlyFolder) return kNoFolder;
    if (!node) {
      node = new FileNode();
      place.folder.children.set(place.name, node);
      place.folder.changed_ms = Date.now();
    }
    if (how & kTruncate && node instanceof FileNode) node.resize(0);
    this.open.set(this.next, {node, at: 0, flags});
    this.view.setUint32(result, this.next++, true);
    return kOk;
  }

  fd_close(descriptor) { return this.open.delete(descriptor) ? kOk : kBadDescriptor; }

  fd_renumber(from, to) {
    if (!this.open.has(from)) return kBadDescriptor;
    this.open.set(to, this.open.get(from));
    this.open.delete(from);
    return kOk;
  }

  /// Reads from `at` on; how many bytes came.
  read_at(node, at, list, count) {
    let done = 0;
    for (const piece of this.pieces(list, count)) {
      const some = node.bytes.subarray(at + done, at + done + piece.length);
      piece.set(some);
      done += some.length;
    }
    return done;
  }

  fd_read(descriptor, list, count, result) {
    const opened = this.open.get(descriptor);
    if (!(opened?.node instanceof FileNode)) return opened ? kIsFolder : kBadDescriptor;
    const done = this.read_at(opened.node, opened.at, list, count);
    opened.at += done;
    this.view.setUint32(result, done, true);
    return kOk;
  }

  fd_pread(descriptor, list, count, at, result) {
    const opened = this.open.get(descriptor);
    if (!(opened?.node instanceof FileNode)) return kBadDescriptor;
    this.view.setUint32(result, this.read_at(opened.node, Number(at), list, count), true);
    return kOk;
  }

  write_at(node, at, list, count) {
    let done = 0;
    for (const piece of this.pieces(list, count)) {
      node.write(at + done, piece);
      done += piece.length;
    }
    return done;
  }

  fd_write(descriptor, list, count, result) {
    if (descriptor === 1 || descriptor === 2) {
      const pieces = this.pieces(list, count);
      this.say(pieces.map((piece) => decoder.decode(piece)).join(''));
      this.view.setUint32(result, pieces.reduce((sum, piece) => sum + piece.length, 0), true);
      return kOk;
    }
    const opened = this.open.get(descriptor);
    if (!(opened?.node instanceof FileNode)) return kBadDescriptor;
    if (opened.flags & kAppend) opened.at = opened.node.size;
    const done = this.write_at(opened.node, opened.at, list, count);
    opened.at += done;
    this.view.setUint32(result, done, true);
    return kOk;
  }

  fd_pwrite(descriptor, list, count, at, result) {
    const opened = this.open.get(descriptor);
    if (!(opened?.node instanceof FileNode)) return kBadDescriptor;
    this.view.setUint32(result, this.write_at(opened.node, Number(at), list, count), true);
    return kOk;
  }

  fd_seek(descriptor, offset, whence, result) {
    const opened = this.open.get(descriptor);
    if (!opened) return kBadDescriptor;
    const at = Number(offset) + [0, opened.at, opened.node.size ?? 0][whence];
    if (!(at >= 0)) return kInvalid;
    opened.at = at;
    this.view.setBigUint64(result, BigInt(at), true);
    return kOk;
  }

  fd_tell(descriptor, result) { return this.fd_seek(descriptor, 0n, 1, result); }

  fd_readdir(descriptor, at, size, cookie, result) {
    const opened = this.open.get(descriptor);
    if (!(opened?.node instanceof FolderNode)) return kBadDescriptor;
    // A listing is one moment's, whatever is removed while it is walked through.
    if (cookie === 0n || !opened.listing) opened.listing = [...opened.node.children];
    let used = 0;
    for (let i = Number(cookie); i < opened.listing.length && used < size; ++i) {
      const [name, node] = opened.listing[i];
      const letters = encoder.encode(name);
      const entry = new Uint8Array(24 + letters.length);
      const view = new DataView(entry.buffer);
      node.number ??= (Wasi.numbers = (Wasi.numbers ?? 0) + 1);
      view.setBigUint64(0, BigInt(i + 1), true);
      view.setBigUint64(8, BigInt(node.number), true);
      view.setUint32(16, letters.length, true);
      view.setUint8(20, node instanceof FolderNode ? kFolder : kFile);
      entry.set(letters, 24);
      const part = entry.subarray(0, size - used);
      this.bytes(at + used, part.length).set(part);
      used += part.length;
    }
    this.view.setUint32(result, used, true);
    return kOk;
  }

  path_create_directory(folder, path, size) {
    const place = this.files.parent_of(this.text(path, size), this.open.get(folder)?.node);
    if (!place) return kNotThere;
    if (place.folder.children.has(place.name) || !place.name) return kExists;
    place.folder.children.set(place.name, new FolderNode());
    return kOk;
  }

  path_remove_directory(folder, path, size) {
    const place = this.files.parent_of(this.text(path, size), this.open.get(folder)?.node);
    const node = place?.folder.children.get(place.name);
    if (!node) return kNotThere;
    if (!(node instanceof FolderNode)) return kNoFolder;
    if (node.children.size) return kNotEmpty;
    place.folder.children.delete(place.name);
    return kOk;
  }

  path_unlink_file(folder, path, size) {
    const place = this.files.parent_of(this.text(path, size), this.open.get(folder)?.node);
    const node = place?.folder.children.get(place.name);
    if (!node) return kNotThere;
    if (node instanceof FolderNode) return kIsFolder;
    place.folder.children.delete(place.name);
    return kOk;
  }

  path_rename(from_folder, from, from_size, to_folder, to, to_size) {
    const source = this.files.parent_of(this.text(from, from_size), this.open.get(from_folder)?.node);
    const target = this.files.parent_of(this.text(to, to_size), this.open.get(to_folder)?.node);
    const node = source?.folder.children.get(source.name);
    if (!node || !target) return kNotThere;
    source.folder.children.delete(source.name);
    target.folder.children.set(target.name, node);
    return kOk;
  }

  path_link(from_folder, _flags, from, from_size, to_folder, to, to_size) {
    const node = this.files.find(this.text(from, from_size), this.open.get(from_folder)?.node);
    const target = this.files.parent_of(this.text(to, to_size), this.open.get(to_folder)?.node);
    if (!node || !target) return kNotThere;
    if (target.folder.children.has(target.name)) return kExists;
    target.folder.children.set(target.name, node);
    return kOk;
  }

  path_readlink() { return kInvalid; }
  path_symlink() { return kNotSupported; }
}
