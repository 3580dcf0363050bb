// SPDX-License-Identifier: Apache-2.0
// Serves web/ with the golden messages of api/golden as answers, so that pages can be looked at and tested without
// the program. `node golden_server.mjs [PORT]` runs it by hand.

import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {dirname, extname, join, normalize} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const plot = process.env.PLOT;
const kTypes = {'.mp4': 'video/mp4', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.html': 'text/html'};
export const golden = (name) => readFileSync(join(root, 'api', 'golden', `http-${name}.json`), 'utf8');

const pages = Object.fromEntries(Object.values(JSON.parse(readFileSync(join(root, 'web', 'pages.json'), 'utf8')))
  .map((page) => [page.path, page.file]));

/// Files that do not lie in web/: uPlot, and a video as a preview.
function other_file(path) {
  if (path === '/plot/uplot.js') return join(plot, 'uPlot.iife.min.js');
  if (path === '/plot/uplot.css') return join(plot, 'uPlot.min.css');
  if (/\/previews\/\d+$/.test(path)) return join(root, 'demo', 'hammer-teacher-right.mp4');
  return null;
}

function answer(path) {
  if (path === '/api/status') return '{"version":"test","read_only":false,"lan":false,"free_places":4,"recovered":0,"largest_import":2147483648,"camera":false}';
  if (path === '/api/crafts') return golden('crafts');
  if (/^\/api\/crafts\/\w+(\/duplicate|\/restore|\/movements)?$/.test(path)) return golden('craft');
  if (/\/edges$/.test(path)) return JSON.stringify(JSON.parse(golden('take')).repetitions[0]);
  if (/\/repetitions\/\d+(\/restore)?$/.test(path)) return golden('repetition');
  if (/\/takes\/\d+$/.test(path)) return golden('take');
  if (/\/training$/.test(path)) return '{"state":"none","done":0,"doing":"","curve":[]}';
  return null;
}

/// The text message that carries a reply, as RFC 6455 wants it from a server.
function frame_of(text) {
  const body = Buffer.from(text);
  const head = body.length < 126 ? Buffer.from([0x81, body.length]) : Buffer.from([0x81, 126, body.length >> 8, body.length & 255]);
  return Buffer.concat([head, body]);
}

const hello = (purpose, resumed) => JSON.stringify({...JSON.parse(golden('live-hello')), purpose, resumed});

/// Answers each picture with the golden frame, the first of a tab also with the golden verdict, and "stop" with the golden
/// take. `lines` remembers each tab's token, as the program does, and what its connections brought.
function live(request, socket, lines) {
  const key = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`);
  const query = new URL(request.url, 'http://x').searchParams;
  const was_known = lines.tabs.has(query.get('tab'));
  const tab = lines.tabs.get(query.get('tab')) ?? {connections: 0, pictures: 0, heard: [], asked: [], purpose: 'none', said: []};
  lines.tabs.set(query.get('tab'), tab);
  ++tab.connections;
  tab.heard.push(Number(query.get('heard')));
  const link = {is_dead: false};  // dead: nothing is said or heard any more, and nobody is told
  lines.links.push(link);
  const write = (text) => !link.is_dead && socket.writable && socket.write(frame_of(text));
  const say = (text) => { tab.said.push(text); write(text); };
  write(hello(tab.purpose, was_known));
  for (const text of tab.said.slice(Number(query.get('heard')))) write(text);
  let pending = Buffer.alloc(0);
  const answer_text = (message) => {
    tab.asked.push(message.type);
    if (message.type === 'ping') write('{"type":"pong"}');
    if (message.type === 'stop') { tab.purpose = 'check'; say(golden('live-take').trim()); }
    if (['learn', 'check', 'record'].includes(message.type)) tab.purpose = message.type;
  };
  const receive = () => {
    for (;;) {
      if (pending.length < 6) return;
      let [length, at] = [pending[1] & 127, 2];
      if (length === 126) [length, at] = [pending.readUInt16BE(2), 4];
      else if (length === 127) [length, at] = [Number(pending.readBigUInt64BE(2)), 10];
      if (pending.length < at + 4 + length) return;
      const mask = pending.subarray(at, at + 4);
      const body = Buffer.from(pending.subarray(at + 4, at + 4 + length)).map((byte, i) => byte ^ mask[i % 4]);
      const kind = pending[0] & 15;
      pending = pending.subarray(at + 4 + length);
      if (link.is_dead) continue;
      if (kind === 8) { socket.end(); return; }
      if (kind === 2) setTimeout(() => {
        write(golden('live-frame').trim());
        if (tab.pictures++ === 0) say(golden('live-verdict').trim());
      }, 60);
      if (kind === 1) answer_text(JSON.parse(body.toString()));
    }
  };
  socket.on('data', (data) => { pending = Buffer.concat([pending, data]); receive(); });
  socket.on('error', () => {});
}

/// `server.lines` is what came over live connections; `server.freeze()` lets all go dead without a word.
export function golden_server(port = 0) {
  const lines = {tabs: new Map(), links: []};
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    const body = answer(path);
    if (body !== null) {
      response.writeHead(200, {'Content-Type': 'application/json'}).end(body);
      return;
    }
    try {
      const file = other_file(path) ?? join(root, 'web', pages[path] ?? normalize(path).slice(1));
      const content = readFileSync(file);
      response.writeHead(200, {'Content-Type': kTypes[extname(file)] ?? 'text/plain',
        'Content-Security-Policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob: mediastream:; connect-src 'self'"});
      response.end(content);
    } catch {
      response.writeHead(404, {'Content-Type': 'application/json'}).end('{"error":{"code":"not_found","text":"not there"}}');
    }
  });
  server.on('upgrade', (request, socket) => live(request, socket, lines));
  server.lines = lines;
  server.freeze = () => { for (const link of lines.links) link.is_dead = true; };
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = await golden_server(Number(process.argv[2] ?? 8770));
  console.log(`http://localhost:${server.address().port}/`);
}
