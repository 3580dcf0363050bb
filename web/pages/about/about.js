// SPDX-License-Identifier: Apache-2.0
// What Kata does, where pictures go, whose work it stands on.

import {api} from '../../shared/api.js';
import {h, replace} from '../../shared/dom.js';
import {make_shell} from '../../shared/shell.js';
import {text} from '../../shared/texts.js';
import {kComputesHere} from '../../shared/transport.js';

const kCredits = [
  ['MediaPipe BlazePose GHUM, BlazePalm, Hand Landmark', 'Google', 'Apache-2.0'],
  ['OpenVINO', 'Intel', 'Apache-2.0'],
  ['OpenCV', 'OpenCV team', 'Apache-2.0'],
  ['Boost.Beast, Boost.Asio', 'Vinnie Falco, Christopher Kohlhoff', 'BSL-1.0'],
  ['OpenSSL', 'OpenSSL Project', 'Apache-2.0'],
  ['Eigen', 'Eigen authors', 'MPL-2.0'],
  ['SQLite', 'D. Richard Hipp', 'Public domain'],
  ['libtorch', 'PyTorch contributors', 'BSD-3-Clause'],
  ['nlohmann/json, {fmt}, spdlog, CLI11', 'Niels Lohmann; Victor Zverovich; Gabi Melman; Henry Schreiner', 'MIT, BSD-3-Clause'],
  ['FFmpeg (libavformat, libavcodec, libswscale)', 'FFmpeg developers', 'LGPL-2.1+, GPL-2.0+'],
  ['FreeType, DejaVu fonts', 'FreeType Project; Bitstream, DejaVu authors', 'FTL, Bitstream Vera'],
  ['liblo', 'Steve Harris, Stephen Sinclair', 'LGPL-2.1+'],
  ['libqrencode', 'Kentaro Fukuchi', 'LGPL-2.1+'],
  ['uPlot', 'Leon Sorokin', 'MIT'],
];

const main = make_shell('about');
const step = (n) => h('li', {}, h('h3', {}, text(`step_${n}`)), h('p', {class: 'small'}, text(`step_${n}_text`)));
replace(main, h('div', {class: 'about'},
  h('div', {class: 'stack-s'}, h('h1', {}, text('about_title')), h('p', {class: 'lead'}, text('about_text'))),
  h('section', {class: 'panel'}, h('h2', {}, text('how_it_works')), h('ol', {class: 'steps'}, step(1), step(2), step(3))),
  h('section', {class: 'panel'}, h('h2', {}, text('privacy')), h('p', {}, text(kComputesHere ? 'privacy_1_here' : 'privacy_1')), h('p', {}, text('privacy_2')), h('p', {}, text('privacy_3'))),
  h('section', {class: 'panel'}, h('h2', {}, text('limits')), h('p', {}, text('limits_text'))),
  h('section', {class: 'panel'}, h('h2', {}, text('credits')), h('p', {class: 'muted'}, text('credits_text')),
    h('div', {class: 'scroll-x', tabindex: 0, role: 'region', 'aria-label': text('credits')},
      h('table', {}, h('tbody', {}, kCredits.map((row) => h('tr', {}, row.map((cell, i) => (i === 0 ? h('th', {scope: 'row'}, cell) : h('td', {}, cell)))))))))));
api.status().then((status) => { document.getElementById('foot-status').textContent = `Kata ${status.version}`; }, () => {});
