// SPDX-License-Identifier: Apache-2.0
// A file system in memory, as the module sees it (wasi.js); store.js keeps what lies in it.

/// A file's bytes; what was written since the last kept() is known.
export class FileNode {
  constructor(bytes = new Uint8Array()) {
    this.buffer = bytes;
    this.size = bytes.length;
    this.changed_ms = Date.now();
    this.is_changed = true;
  }

  get bytes() { return this.buffer.subarray(0, this.size); }

  write(at, piece) {
    this.resize(Math.max(this.size, at + piece.length));
    this.buffer.set(piece, at);
    this.touch();
  }

  resize(size) {
    if (size > this.buffer.length) {
      const larger = new Uint8Array(Math.max(size, Math.ceil(this.buffer.length * 1.5)));
      larger.set(this.bytes);
      this.buffer = larger;
    } else if (size > this.size) {
      this.buffer.fill(0, this.size, size);
    }
    if (size !== this.size) this.touch();
    this.size = size;
  }

  touch() {
    this.changed_ms = Date.now();
    this.is_changed = true;
  }
}

export class FolderNode {
  constructor() {
    this.children = new Map();
    this.changed_ms = Date.now();
  }
}

export class Files {
  constructor() { this.root = new FolderNode(); }

  /// The folder that holds the last name of a path, and that name; null where a folder on the way is missing.
  parent_of(path, from = this.root) {
    const names = path.split('/').filter((name) => name && name !== '.');
    const last = names.pop() ?? '';
    let folder = from;
    for (const name of names) {
      folder = folder.children?.get(name);
      if (!(folder instanceof FolderNode)) return null;
    }
    return {folder, name: last};
  }

  find(path, from = this.root) {
    const place = this.parent_of(path, from);
    if (!place) return null;
    return place.name ? place.folder.children.get(place.name) ?? null : place.folder;
  }

  make_folder(path) {
    let folder = this.root;
    for (const name of path.split('/').filter(Boolean)) {
      if (!folder.children.has(name)) folder.children.set(name, new FolderNode());
      folder = folder.children.get(name);
    }
    return folder;
  }

  put(path, bytes) {
    const {folder, name} = this.parent_of(path);
    const node = new FileNode(bytes);
    folder.children.set(name, node);
    return node;
  }

  remove(path) {
    const place = this.parent_of(path);
    place?.folder.children.delete(place.name);
  }
}
