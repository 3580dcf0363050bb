// SPDX-License-Identifier: Apache-2.0
// The program as a server for the tests, and clips that play the camera.

import {execFileSync, spawn} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const program = process.env.KATA;
export const demo = (name) => join(root, 'demo', name);

/// A folder that is gone when the test ends.
export function temporary_folder(name) {
  const folder = mkdtempSync(join(tmpdir(), `kata-${name}-`));
  process.on('exit', () => rmSync(folder, {recursive: true, force: true}));
  return folder;
}

export class Program {
  /// Waits until the server says its address.
  static async start(folder, {port = 0, args = [], environment = {}} = {}) {
    const child = spawn(program, ['serve', folder, '--port', String(port), '--no-open', ...args],
                        {stdio: ['ignore', 'pipe', 'inherit'], env: {...process.env, ...environment}});
    process.on('exit', () => child.kill('SIGKILL'));
    let said = '';
    const address = await new Promise((resolve, reject) => {
      child.stdout.on('data', (data) => {
        said += data;
        const found = said.match(/studio: (https?:\/\/\S+)/);
        if (found) resolve(found[1]);
      });
      child.on('exit', (code) => reject(new Error(`the program ended with ${code}: ${said}`)));
    });
    return new Program(child, address, () => said);
  }

  constructor(child, address, said) {
    this.child = child;
    this.address = address;
    this.origin = new URL(address).origin;
    this.port = Number(new URL(address).port);
    this.said = said;
    this.ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve({code, signal})));
  }

  async end(signal = 'SIGTERM') {
    this.child.kill(signal);
    return this.ended;
  }

  async json(path, init = {}) {
    const response = await fetch(this.origin + path, {headers: {'Content-Type': 'application/json'}, ...init});
    return response.status === 204 ? null : response.json();
  }
}

/// Makes an MJPEG file for Chromium's fake camera: a clip, and its last picture for `rest_s` more. Chromium plays such a file
/// at 30 pictures a second whatever the clip had, so it gets as many, or everyone in it would move too fast.
export function camera_clip(clip, into, rest_s = 0) {
  if (!existsSync(into)) {
    execFileSync('ffmpeg', ['-v', 'error', '-i', clip, '-vf', `fps=30,tpad=stop_mode=clone:stop_duration=${rest_s}`, '-c:v', 'mjpeg', '-q:v', '4', '-pix_fmt', 'yuvj420p', '-f', 'mjpeg', into]);
  }
  return into;
}

/// The lines of JSON that the program prints.
export function run_json_lines(args) {
  return execFileSync(program, args, {maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore']}).toString().split('\n').filter(Boolean).map((line) => JSON.parse(line));
}
