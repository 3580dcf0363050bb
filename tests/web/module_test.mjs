// SPDX-License-Identifier: Apache-2.0
// The module of the page beside the program, on the same pixels and times, without a browser and without a clock: the
// verdicts of a whole clip must be of the same kinds, their scores within five. `CLIPS` names others than the demonstration's.

import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {skip} from './browser.mjs';
import {Files} from '../../web/page/files.js';
import {Module} from '../../web/page/module.js';
import {demo, program, run_json_lines, temporary_folder} from './program.mjs';
import {has_site, site_folder} from './static_host.mjs';

if (!has_site()) skip('the page is not built; run ./dev page');
const kNearScore = 5;
const folder = temporary_folder('module');
const craft = join(folder, 'hammer.kata');
const run = (...args) => execFileSync(program, args, {stdio: ['ignore', 'ignore', 'inherit']});
run('teach', craft, '--movement', 'hammer', '--right', demo('hammer-teacher-right.mp4'));
run('teach', craft, '--movement', 'hammer', '--wrong', demo('hammer-teacher-wrong.mp4'));
run('train', craft);

async function module_with_networks(told) {
  const site = JSON.parse(readFileSync(join(site_folder, 'site.json'), 'utf8'));
  const files = new Files();
  for (const path of ['/crafts', '/models', '/tmp']) files.make_folder(path);
  for (const name of [...site.networks, 'foreign.bank']) files.put(`/models/${name}`, new Uint8Array(readFileSync(join(site_folder, 'networks', name))));
  files.put('/crafts/hammer.kata', new Uint8Array(readFileSync(craft)));
  const module = await Module.load(readFileSync(join(site_folder, process.env.KATA_RELAXED ? site.relaxed : site.module)), {files, told});
  module.open({version: site.version, is_read_only: true});
  module.warm_up();
  return module;
}

/// The pictures of a clip, one after the other, as the program decodes them.
async function* pictures(clip, size) {
  const decoder = spawn('ffmpeg', ['-v', 'error', '-i', clip, '-pix_fmt', 'rgba', '-f', 'rawvideo', '-'], {stdio: ['ignore', 'pipe', 'inherit']});
  let bytes = [];
  let length = 0;
  for await (const piece of decoder.stdout) {
    bytes.push(piece);
    length += piece.length;
    while (length >= size) {
      const joined = Buffer.concat(bytes);
      yield joined.subarray(0, size);
      bytes = [joined.subarray(size)];
      length -= size;
    }
  }
}

const clip = demo('hammer-learner.mp4');
const [width, height, rate] = execFileSync('ffprobe', ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'stream=width,height,r_frame_rate', '-of', 'csv=p=0', clip])
  .toString().trim().split(',').map((value) => value.split('/').reduce((a, b) => a / b));
const verdicts = [];
const module = await module_with_networks((text) => {
  const message = JSON.parse(text);
  if (message.type === 'verdict' && message.verdict !== 'other') verdicts.push(message);
  assert.notEqual(message.type, 'error', text);
});
const {crafts: [{id}]} = JSON.parse(new TextDecoder().decode(module.answer('GET', '/api/crafts').body));
module.open_tab();
module.say(JSON.stringify({type: 'learn', craft: id, swap_sides: false}));
let count = 0;
const before = process.cpuUsage();
for await (const data of pictures(clip, width * height * 4)) module.show(count++ / rate, {width, height, data});
const used = process.cpuUsage(before);
console.log(`${count} pictures, ${((used.user + used.system) / 1000 / count).toFixed(1)} ms of processor time each, decoding included; memory ${(module.exports.memory.buffer.byteLength / 1e6).toFixed(0)} MB`);

const native = run_json_lines(['watch', craft, clip, '--headless', '--jsonl', '-']).filter((line) => line.event === 'repetition');
const shown = (list) => list.map((each) => `${each.verdict} ${each.score}`).join(', ');
console.log(`module: ${shown(verdicts)}\nprogram: ${shown(native)}`);
assert.deepEqual(verdicts.map((each) => each.verdict), native.map((each) => each.verdict));
const far = verdicts.filter((each, i) => Math.abs(each.score - native[i].score) > kNearScore);
assert.deepEqual(far.map((each) => each.score), [], 'scores within five');
console.log('1 passed, 0 failed');
process.exit(0);
