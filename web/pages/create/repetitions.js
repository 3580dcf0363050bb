// SPDX-License-Identifier: Apache-2.0
// The stored repetitions of a movement: play, relabel, delete, bring back.

import {api} from '../../shared/api.js';
import {h, icon_button} from '../../shared/dom.js';
import {Player} from '../../shared/player.js';
import {ask, attempt, toast} from '../../shared/shell.js';
import {text} from '../../shared/texts.js';

const kMostKept = 400;
const kept_frames = new Map();  // by craft, number and edges, so that a change of one card loads one
let loading = Promise.resolve();  // one after another: a long list must not flood the server

async function frames_of(craft_id, repetition) {
  const key = [craft_id, repetition.id, repetition.start_s, repetition.end_s].join(' ');
  if (!kept_frames.has(key)) {
    const stored = await api.repetition(craft_id, repetition.id);
    if (kept_frames.size >= kMostKept) kept_frames.delete(kept_frames.keys().next().value);
    kept_frames.set(key, stored);
  }
  return kept_frames.get(key);
}

/// The figure in the middle of the repetition, once it is in view; it moves at a press of the button.
function thumb(craft_id, repetition) {
  const canvas = h('canvas', {class: 'figure', role: 'img', 'aria-label': repetition.movement});
  const player = new Player(canvas, {mirrored: true});
  player.play(false);
  const show = async (at) => player.show(await frames_of(craft_id, repetition), at);
  const play = icon_button(text('play'), 'play', () => attempt(async () => {
    if (!player.is_playing) await show(0);
    player.play(!player.is_playing);
    play.setAttribute('aria-pressed', String(player.is_playing));
  }), {'aria-pressed': 'false'});
  new IntersectionObserver((entries, observer) => {
    if (!entries.at(-1).isIntersecting) return;
    observer.disconnect();
    loading = loading.then(() => canvas.isConnected && !player.repetition && show(0.5)).catch(() => {});
  }).observe(canvas);
  return h('div', {class: 'thumb'}, canvas, play);
}

/// onchange() after each change.
export function repetition_cards(craft_id, repetitions, {onchange}) {
  const relabel = async (repetition) => {
    const was = {label: repetition.label, mistake: repetition.mistake};
    const to_wrong = repetition.label === 'correct';
    const mistake = to_wrong ? await ask(text('mistake')) : null;
    if (to_wrong && mistake === null) return;
    await api.relabel(craft_id, repetition.id, to_wrong ? 'incorrect' : 'correct', mistake || null);
    await onchange();
    toast(text('relabelled'), {undo: async () => { await api.relabel(craft_id, repetition.id, was.label, was.mistake); await onchange(); }});
  };
  const remove = async (repetition) => {
    await api.remove_repetition(craft_id, repetition.id);
    await onchange();
    toast(text('repetition_deleted'), {undo: async () => { await api.restore_repetition(craft_id, repetition.id); await onchange(); }});
  };
  const restore = async (repetition) => {
    await api.restore_repetition(craft_id, repetition.id);
    await onchange();
  };
  const card = (repetition) => {
    const is_right = repetition.label === 'correct';
    const length_s = (repetition.end_s - repetition.start_s).toFixed(1);
    return h('article', {class: `repetition ${is_right ? '' : 'wrong'}`, 'data-repetition': repetition.id},
      thumb(craft_id, repetition),
      h('div', {class: 'facts'}, h('b', {}, is_right ? text('right') : text('wrong')),
        repetition.mistake && h('span', {}, repetition.mistake),
        h('span', {class: 'muted number'}, [`${length_s} s`, repetition.person].filter(Boolean).join(' · '))),
      h('div', {class: 'actions'}, repetition.is_removed
        ? icon_button(text('restore'), 'reset', () => attempt(() => restore(repetition)), {kind: 'quiet tiny'})
        : [icon_button(is_right ? text('to_wrong') : text('to_right'), 'swap', () => attempt(() => relabel(repetition)), {kind: 'quiet tiny'}),
           icon_button(text('delete'), 'trash', () => attempt(() => remove(repetition)), {kind: 'quiet tiny'})]));
  };
  const kept = repetitions.filter((repetition) => !repetition.is_removed);
  const removed = repetitions.filter((repetition) => repetition.is_removed);
  return [
    kept.length === 0 && h('p', {class: 'muted'}, text('no_repetitions')),
    h('div', {class: 'repetitions'}, kept.map(card)),
    removed.length > 0 && h('details', {}, h('summary', {}, text('removed_n', {n: removed.length})),
      h('div', {class: 'repetitions'}, removed.map(card))),
  ];
}
