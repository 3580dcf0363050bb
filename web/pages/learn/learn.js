// SPDX-License-Identifier: Apache-2.0
// A learner before the camera.

import {api} from '../../shared/api.js';
import {allow_sound, play_cue} from '../../shared/cues.js';
import {button, h, icon_button, replace, toggle} from '../../shared/dom.js';
import {Player} from '../../shared/player.js';
import {attempt, make_shell, show_failure, toast} from '../../shared/shell.js';
import {earlier_sittings, forget_sittings, keep_sitting} from '../../shared/sittings.js';
import {Stage} from '../../shared/stage.js';
import {language, text} from '../../shared/texts.js';
import {Board} from './board.js';

const main = make_shell('learn');
const kSpeeds = [['1×', 1], ['½×', 0.5], ['¼×', 0.25]];

function show_choice(crafts) {
  replace(main, h('h1', {}, text('pick_craft')),
    crafts.length === 0 && h('div', {class: 'empty'}, h('h2', {}, text('no_crafts')), h('p', {}, text('no_crafts_text'))),
    h('div', {class: 'crafts'}, crafts.filter((craft) => !craft.problem).map((craft) =>
      h('a', {class: 'panel', href: `?craft=${encodeURIComponent(craft.id)}`}, h('h2', {}, craft.name),
        h('p', {class: 'muted'}, craft.trained ? craft.movements.map((movement) => movement.name).join(', ') : text('not_trained'))))));
}

/// The teacher's right repetition of a movement, in a loop, at a speed.
function teacher_panel(craft) {
  const canvas = h('canvas', {class: 'figure', role: 'img', 'aria-label': text('teacher')});
  const player = new Player(canvas, {mirrored: true});
  const shown = craft.movements.filter((movement) => movement.preview !== null);
  const show = (name) => {
    const movement = shown.find((each) => each.name === name) ?? shown[0];
    if (movement) attempt(async () => player.show(await api.repetition(craft.id, movement.preview)));
  };
  const choice = h('select', {'aria-label': text('movement'), onchange: () => show(choice.value)},
    shown.map((movement) => h('option', {value: movement.name}, movement.name)));
  const speeds = h('div', {class: 'speeds', role: 'group', 'aria-label': text('speed')}, kSpeeds.map(([label, speed]) =>
    button(label, (event) => {
      player.speed = speed;
      for (const each of speeds.children) each.setAttribute('aria-pressed', String(each === event.currentTarget));
    }, {kind: 'tiny', 'aria-pressed': String(speed === 1)})));
  show(shown[0]?.name);
  return h('section', {class: 'panel stack-s'}, h('div', {class: 'row spread'}, h('h2', {}, text('teacher')), speeds),
           h('div', {class: 'teacher-box'}, canvas), shown.length > 1 && choice);
}

function sittings_panel(craft) {
  const list = h('ul', {class: 'plain sittings small'});
  const show = () => {
    const sittings = earlier_sittings(craft.id);
    const day = new Intl.DateTimeFormat(language(), {dateStyle: 'medium', timeStyle: 'short'});
    replace(list, sittings.length === 0 ? h('li', {class: 'muted'}, text('earlier_none')) : sittings.map((sitting) =>
      h('li', {}, h('span', {}, day.format(sitting.started)),
        h('b', {class: 'number'}, text('earlier_line', {right: sitting.correct, all: sitting.repetitions})))));
  };
  show();
  const forget = button(text('forget'), () => { forget_sittings(craft.id); show(); }, {kind: 'quiet tiny'});
  return {element: h('section', {class: 'panel stack-s'}, h('div', {class: 'row spread'}, h('h2', {}, text('earlier')), forget), list), show};
}

function show_lesson(craft) {
  const board = new Board();
  let swap_sides = false;
  let with_sound = true;
  let is_paused = false;
  let started = 0;
  let tally = null;
  const earlier = sittings_panel(craft);
  const begin = (live) => live.send({type: 'learn', craft: craft.id, swap_sides});
  const stage = new Stage({
    onopen: () => {
      allow_sound();
      started = Date.now();
      stop_button.disabled = false;
    },
    onclose: () => {
      stop_button.disabled = true;
      earlier.show();
    },
    onstate: (state, live) => {
      if (state === 'open') begin(live);
      else toast(text('server_lost'), {is_wrong: true});
    },
    onframe: (message, figures) => {
      board.show_frame(message, figures);
      tally = message.tally;
    },
    onverdict: (verdict) => {
      board.show_verdict(verdict);
      if (with_sound) play_cue(verdict.verdict);
      if (verdict.tally?.repetitions > 0) keep_sitting(craft.id, started, verdict.tally);
    },
    onerror: (message) => toast(message.text, {is_wrong: true}),
  });
  const restart = () => {
    if (tally?.repetitions > 0) earlier.show();
    started = Date.now();
    board.reset();
    stage.live?.send({type: 'reset'});
  };
  stage.layer.append(...board.hud);
  const stop_button = button(text('stop_camera'), () => stage.stop(), {kind: 'tiny', symbol: 'stop', disabled: true});
  const mirror = stage.mirror_toggle();
  const ghost = toggle(text('ghost'), 'ghost', true, (on) => { stage.with_ghost = on; });
  const sound = toggle(text('sound'), 'sound', true, (on) => { with_sound = on; allow_sound(); });
  const left = toggle(text('left_handed'), 'hand', false, (on) => {
    swap_sides = on;
    board.reset();
    if (stage.live) begin(stage.live);
  });
  const pause = () => {
    is_paused = !is_paused;
    stage.live?.pause(is_paused);
    board.show_card('', 'play', is_paused ? text('paused') : text('waiting'), '');
  };
  const keys = {' ': pause, m: () => mirror.click(), g: () => ghost.click(), s: () => sound.click(), r: restart, f: () => stage.full_screen()};
  document.addEventListener('keydown', (event) => {
    const is_typing = event.target.closest?.('input, select, textarea, button, a') && event.key === ' ';
    if (event.ctrlKey || event.metaKey || event.altKey || is_typing || event.target.closest?.('input, select, textarea')) return;
    const action = keys[event.key.toLowerCase()];
    if (!action || !stage.is_on) return;
    event.preventDefault();
    action();
  });
  addEventListener('pagehide', () => stage.live?.close());

  replace(main,
    h('div', {class: 'head'}, h('h1', {}, craft.name), craft.author && h('p', {class: 'muted'}, text('by_author', {author: craft.author}))),
    !craft.trained && h('p', {class: 'notice unsure'}, text('not_trained_text'), ' ',
      h('a', {href: `/create/?craft=${encodeURIComponent(craft.id)}`}, text('open_create'))),
    h('div', {class: 'learn'},
      h('div', {}, stage.element,
        h('div', {class: 'stage-bar'}, stop_button, mirror, ghost, sound, left,
          button(text('reset_count'), restart, {kind: 'tiny', symbol: 'reset'}), stage.select,
          icon_button(text('full_screen'), 'full', () => stage.full_screen(), {kind: 'tiny'})),
        h('p', {class: 'small muted'}, text('keys', {keys: text('keys_list')}))),
      h('div', {class: 'side'},
        h('section', {class: 'panel'}, h('h2', {}, text('this_sitting')), board.counts, board.strip),
        teacher_panel(craft),
        h('section', {class: 'panel'}, board.list),
        earlier.element)));
  if (!craft.trained) stage.element.querySelector('[data-action="start-camera"]')?.setAttribute('disabled', '');
}

try {
  const id = new URLSearchParams(location.search).get('craft');
  if (id) show_lesson(await api.craft(id));
  else show_choice((await api.crafts()).crafts);
} catch (error) {
  show_failure(main, error);
}
