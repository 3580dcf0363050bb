// SPDX-License-Identifier: Apache-2.0
// Firefox without a window, driven by its own protocol (Marionette); playwright-core drives only builds of its own.

import {spawn} from 'node:child_process';
import {existsSync, writeFileSync} from 'node:fs';
import {connect, createServer} from 'node:net';
import {join} from 'node:path';
import {temporary_folder} from './program.mjs';

const kPrograms = [process.env.KATA_FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'];
export const find_firefox = () => kPrograms.find((path) => path && existsSync(path));

const free_port = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const {port} = server.address();
    server.close(() => resolve(port));
  });
});

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function connected(port, limit_s) {
  for (let i = 0; i < limit_s * 2; ++i) {
    const socket = connect(port, '127.0.0.1');
    const is_there = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    if (is_there) return socket;
    await sleep(500);
  }
  throw new Error(`Firefox did not open its port within ${limit_s} s`);
}

export class Firefox {
  /// With its fake camera; `settings` are of about:config.
  static async start(settings) {
    const home = temporary_folder('firefox');
    const port = await free_port();
    const all = {'media.navigator.permission.disabled': true, 'media.navigator.streams.fake': true, 'media.autoplay.default': 0,
      'marionette.port': port, ...settings};
    writeFileSync(join(home, 'user.js'), Object.entries(all).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`).join(''));
    const child = spawn(find_firefox(), ['--headless', '--marionette', '--no-remote', '--profile', home, 'about:blank'],
                        {stdio: 'ignore', env: {...process.env, MOZ_HEADLESS: '1', HOME: home}});
    process.on('exit', () => child.kill('SIGKILL'));
    const browser = new Firefox(child, await connected(port, 90));
    await browser.hear();  // its greeting
    await browser.command('WebDriver:NewSession', {});
    return browser;
  }

  constructor(child, socket) {
    this.child = child;
    this.socket = socket;
    this.bytes = Buffer.alloc(0);
    this.count = 0;
    this.waiting = [];
    socket.on('data', (data) => {
      this.bytes = Buffer.concat([this.bytes, data]);
      this.waiting.shift()?.();
    });
  }

  /// A message is its length, a colon and JSON.
  async hear() {
    for (;;) {
      const colon = this.bytes.indexOf(58);
      const length = colon < 0 ? NaN : Number(this.bytes.subarray(0, colon));
      if (this.bytes.length >= colon + 1 + length) {
        const text = this.bytes.subarray(colon + 1, colon + 1 + length).toString();
        this.bytes = this.bytes.subarray(colon + 1 + length);
        return JSON.parse(text);
      }
      await new Promise((resolve) => this.waiting.push(resolve));
    }
  }

  async command(name, parameters) {
    const text = JSON.stringify([0, ++this.count, name, parameters]);
    this.socket.write(`${Buffer.byteLength(text)}:${text}`);
    const [, , problem, result] = await this.hear();
    if (problem) throw new Error(`${name}: ${problem.message}`);
    return result;
  }

  goto(url) { return this.command('WebDriver:Navigate', {url}); }

  async evaluate(script) {
    return (await this.command('WebDriver:ExecuteScript', {script: `return (${script});`, args: []})).value;
  }

  async until(script, limit_s = 60) {
    for (let i = 0; i < limit_s * 4; ++i) {
      if (await this.evaluate(script)) return;
      await sleep(250);
    }
    throw new Error(`not within ${limit_s} s: ${script}\n${await this.evaluate('document.body.innerText')}`);
  }

  async end() {
    this.socket.destroy();
    this.child.kill('SIGTERM');
    await Promise.race([new Promise((resolve) => this.child.on('exit', resolve)), sleep(10000)]);
  }
}
