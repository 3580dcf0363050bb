// SPDX-License-Identifier: Apache-2.0
// The camera in Create: "are you in the picture", countdown, take, stop.

import {button, h, icon, replace} from '../../shared/dom.js';
import {say} from '../../shared/sentences.js';
import {toast} from '../../shared/shell.js';
import {Stage} from '../../shared/stage.js';
import {text} from '../../shared/texts.js';

const kCountdown_s = 5;

export class Recorder {
  /// lesson() gives {movement, person, mistake, expected_repetitions, length_s}; ontake(take) when stored;
  /// onkept() when the connection broke and what was recorded until then is being stored.
  constructor(craft_id, {lesson, ontake, onkept, can_record}) {
    this.craft_id = craft_id;
    this.lesson = lesson;
    this.onkept = onkept;
    this.can_record = can_record;
    this.state = 'off';
    this.countdown = h('div', {class: 'countdown hidden', role: 'timer', 'aria-live': 'assertive'});
    this.badge = h('span', {class: 'rec-badge hidden'});
    this.see = h('span', {class: 'hint hidden', role: 'status'});
    this.figures = h('div', {class: 'live-figures number hidden'});
    this.stage = new Stage({
      onopen: () => {
        this.first_frame = new Promise((resolve) => { this.saw_frame = resolve; });
        this.enter('ready');
      },
      onclose: () => {
        // The camera went during a take: the program stores what it has seen of it.
        if (this.is_recording()) this.onkept();
        this.enter('off');
      },
      onpause: () => this.pause(),
      onstate: (state, live, what) => this.connection(state, live, what),
      onframe: (message, figures) => this.frame(message, figures),
      ontake: (take) => { this.enter('ready'); ontake(take); },
      onerror: (message) => {
        toast(say(message.text), {is_wrong: true});
        if (this.state !== 'off') this.enter('ready');
      },
    });
    this.stage.layer.append(h('div', {class: 'hud'}, this.badge, this.figures), this.countdown, h('div', {class: 'stage-foot'}, this.see));
    this.right = button(text('record_right'), () => this.begin('correct'), {kind: 'right', symbol: 'check', 'data-action': 'record-right'});
    this.wrong = button(text('record_wrong'), () => this.begin('incorrect'), {kind: 'wrong', symbol: 'cross', 'data-action': 'record-wrong'});
    this.halt = button(text('stop'), () => this.stop(), {symbol: 'stop', 'data-action': 'stop-take'});
    this.off = button(text('stop_camera'), () => this.stage.stop(), {kind: 'tiny', symbol: 'stop'});
    this.buttons = h('div', {class: 'record-buttons'}, this.right, this.wrong, this.halt);
    this.bar = h('div', {class: 'stage-bar'}, this.off, this.stage.mirror_toggle(), this.stage.select);
    this.enter('off');
    addEventListener('pagehide', () => this.be_left());
  }

  enter(state) {
    clearInterval(this.timer);
    this.state = state;
    const is_busy = state === 'countdown' || state === 'recording' || state === 'cutting';
    this.right.classList.toggle('hidden', is_busy);
    this.wrong.classList.toggle('hidden', is_busy);
    this.halt.classList.toggle('hidden', !is_busy);
    this.halt.disabled = state === 'cutting';
    this.off.disabled = state === 'off' || is_busy;
    this.countdown.classList.toggle('hidden', state !== 'countdown');
    this.badge.classList.toggle('hidden', state !== 'recording' && state !== 'cutting');
    if (state === 'cutting') this.badge.textContent = text('cutting');
    if (state === 'off') this.see.classList.add('hidden');
    this.keep_focus(is_busy);
  }

  /// Who began a take by keyboard can end it by the next key press, and begin another after it.
  keep_focus(is_busy) {
    const is_here = this.buttons.contains(document.activeElement);
    if (is_busy && !this.is_busy && is_here) this.halt.focus({preventScroll: true});
    if (!is_busy && this.is_busy && (is_here || document.activeElement === document.body)) this.right.focus({preventScroll: true});
    this.is_busy = is_busy;
  }

  /// The page goes; should it come back out of the browser's memory, what was recorded is stored.
  be_left() {
    this.was_left = this.is_recording();
    if (this.state !== 'off') this.enter('ready');
  }

  is_recording() { return this.state === 'recording' || this.state === 'cutting'; }

  /// The camera gives nothing: what was recorded until then is a take.
  pause() {
    this.see.classList.add('hidden');
    this.figures.classList.add('hidden');
    this.stop();
  }

  connection(state, live, what) {
    const was_busy = this.is_recording();
    if (state === 'lost') {
      this.figures.classList.add('hidden');
      this.see.classList.add('hidden');
      if (!was_busy && this.state !== 'off') this.enter('ready');
      toast(text('server_lost'), {is_wrong: true});
      return;
    }
    if (what.is_resumed && what.purpose === 'record') {
      // The take goes on where it was; a stop that was said meanwhile is said again.
      if (this.state !== 'recording') live.send({type: was_busy ? 'stop' : 'cancel'});
      return;
    }
    if (!what.is_resumed || what.purpose !== 'check') live.send({type: 'check'});
    if (this.was_left) this.onkept();
    this.was_left = false;
    if (!was_busy) return;
    toast(text('take_lost'), {is_wrong: true});
    if (what.is_resumed) return this.enter('cutting');  // what became of the take is repeated by the program
    this.enter('ready');
    this.onkept();
  }

  async begin(label) {
    if (!this.can_record()) return;
    if (!this.stage.is_on) await this.stage.start();
    if (!this.stage.is_on) return;
    this.enter('countdown');
    this.countdown.textContent = '';
    await this.first_frame;  // the networks are loaded with the first picture; what is not seen is not recorded
    if (this.state !== 'countdown') return;
    this.stage.element.scrollIntoView({block: 'nearest'});
    let left = kCountdown_s;
    this.countdown.textContent = left;
    this.timer = setInterval(() => {
      left -= 1;
      this.countdown.textContent = left;
      if (left <= 0) this.start_take(label);
    }, 1000);
  }

  start_take(label) {
    const lesson = this.lesson();
    this.enter('recording');
    const {length_s, mistake, ...rest} = lesson;
    this.stage.live.send({type: 'record', craft: this.craft_id, label, mistake: label === 'incorrect' && mistake ? mistake : null, ...rest});
    const end = performance.now() + length_s * 1000;
    const show = () => {
      const left = Math.ceil((end - performance.now()) / 1000);
      this.badge.textContent = `${text('recording')} · ${text('seconds_left', {n: Math.max(0, left)})}`;
      if (left <= 0) this.stop();
    };
    show();
    this.timer = setInterval(show, 250);
  }

  stop() {
    if (this.state === 'recording') {
      this.stage.live.send({type: 'stop'});
      this.enter('cutting');
    } else if (this.state === 'countdown') {
      this.enter('ready');
    }
  }

  frame(message, figures) {
    this.saw_frame();
    const look = !message.pose ? 'see_nobody' : message.sideways ? 'see_sideways'
      : !message.left_hand && !message.right_hand ? 'see_no_hands'
      : !message.left_hand ? 'see_no_left' : !message.right_hand ? 'see_no_right' : 'see_ok';
    const is_fine = look === 'see_ok';
    this.see.className = `hint ${is_fine ? '' : 'look'}`;
    if (this.see_shown !== look) replace(this.see, h('span', {class: 'row'}, text(look)));
    this.see_shown = look;
    if (figures) {
      this.figures.classList.remove('hidden');
      this.figures.textContent = text('figures', figures);
    }
  }
}
