// SPDX-License-Identifier: Apache-2.0
// The teacher's right repetition of a movement, in a loop, at a speed: the craft's preview video
// where it has one, otherwise the stored repetition as a moving figure.

import {api} from './api.js';
import {button, h, icon_button, replace} from './dom.js';
import {Player} from './player.js';
import {attempt} from './shell.js';
import {text} from './texts.js';

const kSpeeds = [['1×', 1], ['½×', 0.5], ['¼×', 0.25]];
const is_calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/// The element that shows a movement of a craft, or null where there is nothing to show.
export function preview_of(craft, movement) {
  if (movement?.has_video) {
    const video = h('video', {class: 'preview', loop: true, playsinline: true,
      preload: 'metadata', 'aria-label': text('preview_of', {name: movement.name})});
    video.muted = true;
    attempt(async () => { video.src = await api.preview_address(craft.id, craft.movements.indexOf(movement)); });
    video.autoplay = !is_calm();
    return {element: video, set speed(value) { video.playbackRate = value; }, toggle: () => (video.paused ? video.play() : video.pause())};
  }
  if (!movement || movement.preview === null) return null;
  const canvas = h('canvas', {class: 'figure', role: 'img', 'aria-label': text('preview_of', {name: movement.name})});
  const player = new Player(canvas, {mirrored: true});
  attempt(async () => player.show(await api.repetition(craft.id, movement.preview)));
  return {element: canvas, set speed(value) { player.speed = value; }, toggle: () => player.play(!player.is_playing)};
}

/// A panel with the teacher, speeds and a choice of the movement; onmovement(name) when one is chosen.
export function teacher_panel(craft, {chosen = null, onmovement = () => {}} = {}) {
  const box = h('div', {class: 'teacher-box'});
  const shown = craft.movements.filter((movement) => movement.has_video || movement.preview !== null);
  let preview = null;
  let speed = 1;
  const show = (name) => {
    preview = preview_of(craft, shown.find((each) => each.name === name) ?? shown[0]);
    replace(box, preview?.element ?? h('p', {class: 'muted'}, text('no_preview')));
    if (preview) preview.speed = speed;
  };
  const choice = h('select', {'aria-label': text('movement'), name: 'movement', onchange: () => { show(choice.value); onmovement(choice.value); }},
    shown.map((movement) => h('option', {value: movement.name, selected: movement.name === chosen}, movement.name)));
  const speeds = h('div', {class: 'speeds', role: 'group', 'aria-label': text('speed')}, kSpeeds.map(([label, value]) =>
    button(label, (event) => {
      speed = value;
      if (preview) preview.speed = speed;
      for (const each of speeds.children) each.setAttribute('aria-pressed', String(each === event.currentTarget));
    }, {kind: 'tiny', 'aria-pressed': String(value === 1)})));
  show(chosen ?? shown[0]?.name);
  return h('section', {class: 'panel stack-s teacher'}, h('div', {class: 'row spread'}, h('h2', {}, text('teacher')),
    h('div', {class: 'row'}, speeds, icon_button(text('play_pause'), 'play', () => preview?.toggle(), {kind: 'tiny'}))),
    box, shown.length > 1 && choice);
}
