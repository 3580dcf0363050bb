// SPDX-License-Identifier: Apache-2.0
// What stands beside and over the learner's picture: verdict, count, the last ten, the list.

import {Curve} from '../../shared/curves.js';
import {h, icon, replace} from '../../shared/dom.js';
import {say} from '../../shared/sentences.js';
import {text} from '../../shared/texts.js';

const kKinds = {
  correct: {look: 'right', symbol: 'check', word: 'right'},
  incorrect: {look: 'wrong', symbol: 'cross', word: 'wrong'},
  unsure: {look: 'unsure', symbol: 'question', word: 'unsure'},
  other: {look: '', symbol: 'question', word: 'other'},
};
const kStrip = 10;

export function reason_of(verdict) {
  const first = say(verdict.reasons?.[0]?.text ?? '');
  if (verdict.mistake && first) return `${verdict.mistake} – ${first}`;
  return verdict.mistake || first;
}

export class Board {
  constructor() {
    this.recent = [];
    this.scores = [];
    this.curve = new Curve({label: text('curve_scores'), x_name: text('curve_scores_x'), y_name: text('score'), height: 120, unit: ''});
    this.curve_box = h('div', {class: 'hidden'}, this.curve.element);
    this.card = h('div', {class: 'verdict-card hidden', role: 'status', 'aria-live': 'polite'});
    this.figures = h('div', {class: 'live-figures number hidden'});
    this.bar = h('i');
    this.phase = h('div', {class: 'phase hidden'}, this.bar);
    this.hint = h('div', {class: 'hint hidden', role: 'status'});
    this.counts = h('div', {class: 'counts'});
    this.strip = h('div', {class: 'strip', 'aria-label': text('last_ten'), role: 'img'});
    this.list = h('ul', {class: 'plain verdicts'});
    this.hud = [h('div', {class: 'hud'}, this.card, this.figures), h('div', {class: 'stage-foot'}, this.hint, this.phase)];
    this.reset();
  }

  reset() {
    this.recent = [];
    this.scores = [];
    this.curve_box.classList.add('hidden');
    this.card.classList.add('hidden');
    replace(this.list, h('li', {class: 'muted'}, text('nothing_yet')));
    this.show_tally({correct: 0, incorrect: 0, unsure: 0, repetitions: 0});
    this.show_strip();
  }

  show_tally(tally) {
    const key = JSON.stringify(tally);
    if (key === this.tally_key) return;
    this.tally_key = key;
    const box = (look, word, count) => h('div', {class: `count ${look}`}, h('b', {}, String(count)), text(word));
    replace(this.counts, box('right', 'right', tally.correct), box('wrong', 'wrong', tally.incorrect), box('', 'unsure', tally.unsure));
  }

  show_strip() {
    const cells = [...this.recent.slice(-kStrip), ...Array(kStrip).fill(null)].slice(0, kStrip);
    replace(this.strip, cells.map((verdict) => verdict
      ? h('i', {class: kKinds[verdict].look}, icon(kKinds[verdict].symbol)) : h('i')));
  }

  /// What was said of the last picture holds no more.
  show_pause() {
    for (const each of [this.hint, this.phase, this.figures]) each.classList.add('hidden');
  }

  show_lost() {
    this.show_pause();
    this.is_lost = true;
    this.show_card('unsure', 'question', text('waiting_connection'), '');
  }

  show_back() {
    if (this.is_lost) this.show_card('', 'play', text('waiting'), text('back_again'));
    this.is_lost = false;
  }

  show_frame(message, figures, {with_advice = true} = {}) {
    const {coach} = message;
    this.show_tally(message.tally);
    this.phase.classList.toggle('hidden', !coach?.movement);
    this.bar.style.width = `${Math.round((coach?.phase ?? 0) * 100)}%`;
    const advice = with_advice ? say(coach?.cannot_see?.advice ?? coach?.guidance?.text ?? '') : '';
    this.hint.textContent = advice;
    this.hint.classList.toggle('hidden', !advice);
    this.hint.classList.toggle('look', Boolean(advice));
    if (figures) {
      this.figures.classList.remove('hidden');
      this.figures.textContent = text('figures', figures);
    }
    if (!this.recent.length) this.show_card('', 'play', text('waiting'), coach?.movement ?? text('do_it'));
  }

  show_card(look, symbol, word, what) {
    const key = [look, word, what].join('|');
    if (this.card_key === key && !this.card.classList.contains('hidden')) return;
    this.card_key = key;
    this.card.className = `verdict-card ${look}`;
    replace(this.card, h('div', {class: 'mark'}, icon(symbol)),
            h('div', {}, h('div', {class: 'word'}, word), h('div', {class: 'what'}, what)));
  }

  show_score(score) {
    this.scores.push(score);
    this.curve_box.classList.toggle('hidden', this.scores.length < 2);
    if (this.scores.length > 1) this.curve.show(this.scores.map((each, i) => i + 1), this.scores, this.scores.join(', '));
  }

  show_verdict(verdict) {
    const kind = kKinds[verdict.verdict];
    const why = reason_of(verdict);
    const with_score = verdict.verdict === 'correct' || verdict.verdict === 'incorrect';
    this.recent.push(verdict.verdict);
    const word = with_score ? `${text(kind.word)} · ${verdict.score}` : text(kind.word);
    this.show_card(kind.look, kind.symbol, word, [verdict.movement, why].filter(Boolean).join(': '));
    if (verdict.verdict !== 'other') this.show_strip();
    if (with_score) this.show_score(verdict.score);
    if (this.recent.length === 1) replace(this.list);
    this.list.prepend(h('li', {class: kind.look}, icon(kind.symbol),
      h('div', {}, h('b', {}, [verdict.movement, word].filter(Boolean).join(' – ')), why && h('div', {class: 'small muted'}, why))));
    while (this.list.children.length > 100) this.list.lastChild.remove();
  }
}
