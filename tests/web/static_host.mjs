// SPDX-License-Identifier: Apache-2.0
// A published page as a static host serves it: python3's http.server, from a folder within the one that it serves.

import {spawn} from 'node:child_process';
import {existsSync, mkdirSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {temporary_folder} from './program.mjs';

export const site_folder = process.env.KATA_SITE;
export const has_site = () => Boolean(site_folder) && existsSync(join(site_folder, 'site.json'));

export class StaticHost {
  /// `folder` is served below /school/kata/.
  static async start(folder, {port = 0} = {}) {
    const root = temporary_folder('host');
    mkdirSync(join(root, 'school'));
    symlinkSync(folder, join(root, 'school', 'kata'));
    const child = spawn('python3', ['-u', '-m', 'http.server', String(port), '--bind', '127.0.0.1', '--directory', root], {stdio: ['ignore', 'pipe', 'ignore']});
    process.on('exit', () => child.kill('SIGKILL'));
    const found = await new Promise((resolve, reject) => {
      child.stdout.on('data', (data) => {
        const match = String(data).match(/port (\d+)/);
        if (match) resolve(Number(match[1]));
      });
      child.on('exit', (code) => reject(new Error(`python3 -m http.server ended with ${code}`)));
    });
    return new StaticHost(child, found);
  }

  constructor(child, port) {
    this.child = child;
    this.port = port;
    this.origin = `http://localhost:${port}`;
    this.address = `${this.origin}/school/kata/`;
  }

  /// Answers nobody until go_on().
  pause() { this.child.kill('SIGSTOP'); }
  go_on() { this.child.kill('SIGCONT'); }
  end() { this.child.kill('SIGKILL'); }
}
