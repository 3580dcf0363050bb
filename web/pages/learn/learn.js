// SPDX-License-Identifier: Apache-2.0
// A learner before the camera.

import {api} from '../../shared/api.js';
import {allow_sound, play_cue, speak} from '../../shared/cues.js';
import {button, h, icon_button, replace, toggle} from '../../shared/dom.js';
import {attempt, make_shell, show_failure, toast} from '../../shared/shell.js';
import {site} from '../../shared/site.js';
import {earlier_sittings, forget_sittings, keep_sitting} from '../../shared/sittings.js';
import {say} from '../../shared/sentences.js';
import {Stage} from '../../shared/stage.js';
import {preview_of, teacher_panel} from '../../shared/teacher.js';
import {language, text} from '../../shared/texts.js';
import {Board, reason_of} from './board.js';

const main = make_shell('learn');
const kNothing = {repetitions: 0, correct: 0, incorrect: 0, unsure: 0, other: 0};

/// The count before the camera or the program was lost goes on, whoever counts.
const sum = (a, b) => Object.fromEntries(Object.keys(kNothing).map((key) => [key, (a[key] ?? 0) + (b[key] ?? 0)]));

function show_choice(crafts) {
  replace(main, h('h1', {}, text('pick_craft')),
    crafts.length === 0 && h('div', {class: 'empty'}, h('h2', {}, text('no_crafts')), h('p', {}, text('no_crafts_text'))),
    h('div', {class: 'crafts'}, crafts.filter((craft) => !craft.problem).map((craft) =>
      h('a', {class: 'panel stack-s', href: `?craft=${encodeURIComponent(craft.id)}`},
        h('div', {class: 'teacher-box'}, preview_of(craft, craft.movements.find((movement) => movement.has_video || movement.preview !== null))?.element),
        h('h2', {}, craft.name),
        h('p', {class: 'muted'}, craft.trained ? craft.movements.map((movement) => movement.name).join(', ') : text('not_trained'))))));
}

function sittings_panel(craft, onforget) {
  const list = h('ul', {class: 'plain sittings small'});
  const show = () => {
    const sittings = earlier_sittings(craft.id);
    const day = new Intl.DateTimeFormat(language(), {dateStyle: 'medium', timeStyle: 'short'});
    replace(list, sittings.length === 0 ? h('li', {class: 'muted'}, text('earlier_none')) : sittings.map((sitting) =>
      h('li', {}, h('span', {}, day.format(sitting.started)),
        h('b', {class: 'number'}, text('earlier_line', {right: sitting.correct, all: sitting.repetitions})))));
  };
  show();
  const forget = button(text('forget'), () => { forget_sittings(craft.id); onforget(); show(); }, {kind: 'quiet tiny'});
  return {element: h('section', {class: 'panel stack-s'}, h('div', {class: 'row spread'}, h('h2', {}, text('earlier')), forget), list), show};
}

function show_lesson(craft) {
  const board = new Board();
  let swap_sides = false;
  let with_sound = true;
  let is_paused = false;
  let started = 0;
  let before = kNothing;  // counted over earlier connections of this sitting
  let tally = kNothing;
  let with_voice = false;
  const query = new URLSearchParams(location.search);
  const earlier = sittings_panel(craft, () => forget_kept());
  const name = h('input', {type: 'text', maxlength: 100, 'data-field': 'learner', 'aria-label': text('your_name'), placeholder: text('your_name'),
    value: localStorage.getItem('kata-learner') ?? '', onchange: () => {
      localStorage.setItem('kata-learner', name.value.trim());
      if (!stage.live) return;
      before = tally;
      begin(stage.live);
    }});
  const begin = (live) => live.send({type: 'learn', craft: craft.id, swap_sides, learner: name.value.trim()});
  const confirm = (label) => stage.live?.send({type: 'confirm', label});
  const undo = () => stage.live?.send({type: 'undo'});
  const forget_kept = () => { if (name.value.trim()) stage.live?.send({type: 'forget', craft: craft.id, learner: name.value.trim()}); };
  const stage = new Stage({
    onopen: () => {
      allow_sound();
      started ||= Date.now();
      is_paused = false;
      stop_button.disabled = false;
    },
    onclose: () => {
      before = tally;
      stop_button.disabled = true;
      earlier.show();
    },
    onstate: (state, live, what) => {
      if (state === 'lost') {
        toast(text('server_lost'), {is_wrong: true});
        board.show_lost();
        return;
      }
      board.show_back();
      if (what.is_resumed && what.purpose === 'learn') return;  // the program counts on
      before = tally;
      begin(live);
    },
    onpause: () => board.show_pause(),
    onframe: (message, figures) => {
      tally = sum(before, message.tally);
      board.show_frame({...message, tally}, figures, {with_advice: !is_paused && !document.hidden});
    },
    onverdict: (verdict) => {
      board.show_verdict(verdict);
      if (with_sound) play_cue(verdict.verdict);
      if (with_voice) speak([text(verdict.verdict === 'correct' ? 'right' : verdict.verdict === 'incorrect' ? 'wrong' : verdict.verdict), reason_of(verdict)].join('. '), language());
      tally = sum(before, verdict.tally);
      if (tally.repetitions > 0) keep_sitting(craft.id, started, tally, board.scores);
    },
    onconfirmed: ({number, label}) => toast(text(label === 'correct' ? 'confirmed_right' : label === 'incorrect' ? 'confirmed_wrong' : 'confirmed_not', {number})),
    onforgotten: ({learner}) => toast(text('forgotten', {name: learner})),
    onerror: (message) => toast(say(message.text), {is_wrong: true}),
  });
  const restart = () => {
    if (tally.repetitions > 0) earlier.show();
    started = Date.now();
    before = tally = kNothing;
    board.reset();
    stage.live?.send({type: 'reset'});
  };
  stage.layer.append(...board.hud);
  const stop_button = button(text('stop_camera'), () => stage.stop(), {kind: 'tiny', symbol: 'stop', disabled: true});
  const mirror = stage.mirror_toggle();
  const ghost = toggle(text('ghost'), 'ghost', true, (on) => { stage.with_ghost = on; });
  const sound = toggle(text('sound'), 'sound', true, (on) => { with_sound = on; allow_sound(); });
  const voice = toggle(text('voice'), 'voice', false, (on) => { with_voice = on; });
  const left = toggle(text('left_handed'), 'hand', false, (on) => {
    swap_sides = on;
    before = tally = kNothing;
    board.reset();
    if (stage.live) begin(stage.live);
  });
  const pause = () => {
    is_paused = !is_paused;
    stage.live?.pause(is_paused);
    board.show_pause();
    board.show_card('', 'play', is_paused ? text('paused') : text('waiting'), '');
  };
  const keys = {' ': pause, m: () => mirror.click(), g: () => ghost.click(), s: () => sound.click(), y: () => confirm('correct'), n: () => confirm('incorrect'), u: undo, r: restart, f: () => stage.full_screen()};
  document.addEventListener('keydown', (event) => {
    const is_typing = event.target.closest?.('input, select, textarea, button, a') && event.key === ' ';
    if (event.ctrlKey || event.metaKey || event.altKey || is_typing || event.target.closest?.('input, select, textarea')) return;
    const action = keys[event.key.toLowerCase()];
    if (!action || !stage.is_on) return;
    event.preventDefault();
    action();
  });

  replace(main,
    h('div', {class: 'head'}, h('h1', {}, craft.name), craft.author && h('p', {class: 'muted'}, text('by_author', {author: craft.author}))),
    !craft.trained && h('p', {class: 'notice unsure'}, text('not_trained_text'), ' ',
      h('a', {href: site(`create/?craft=${encodeURIComponent(craft.id)}`)}, text('open_create'))),
    h('div', {class: 'learn'},
      h('div', {}, stage.element,
        h('div', {class: 'stage-bar'}, stop_button, mirror, ghost, sound, 'speechSynthesis' in globalThis && voice, left,
          button(text('was_right'), () => confirm('correct'), {kind: 'tiny'}), button(text('was_wrong'), () => confirm('incorrect'), {kind: 'tiny'}),
          button(text('undo'), undo, {kind: 'quiet tiny'}),
          button(text('reset_count'), restart, {kind: 'tiny', symbol: 'reset'}), stage.select,
          icon_button(text('full_screen'), 'full', () => stage.full_screen(), {kind: 'tiny'})),
        h('p', {class: 'small muted keys'}, text('keys', {keys: text('keys_list')}))),
      h('div', {class: 'side'},
        h('section', {class: 'panel stack-s'}, h('h2', {}, text('this_sitting')), board.counts, board.strip, name),
        teacher_panel(craft, {chosen: query.get('movement'), onmovement: (name) => {
          query.set('movement', name);
          history.replaceState(null, '', `?${query}`);
        }}),
        h('section', {class: 'panel stack-s'}, h('h2', {}, text('each_repetition')), board.curve_box, board.list),
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
