// SPDX-License-Identifier: Apache-2.0
// Short sounds for those who cannot look at the screen while they move.

const kTones = {correct: [[660, 0], [990, 0.11]], incorrect: [[220, 0], [165, 0.16]], unsure: [[440, 0]]};
let context = null;

/// Browsers allow sound only after the user has done something; call it from a click.
export function allow_sound() {
  context ??= new AudioContext();
  context.resume();
}

export function play_cue(verdict) {
  if (!context) return;
  for (const [pitch_hz, delay_s] of kTones[verdict] ?? []) {
    const tone = context.createOscillator();
    const gain = context.createGain();
    const start = context.currentTime + delay_s;
    tone.frequency.value = pitch_hz;
    tone.type = verdict === 'incorrect' ? 'triangle' : 'sine';
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(0.25, start + 0.015);
    gain.gain.exponentialRampToValueAtTime(0.001, start + 0.2);
    tone.connect(gain).connect(context.destination);
    tone.start(start);
    tone.stop(start + 0.22);
  }
}

/// Says a verdict aloud, in the page's language; the newest one cuts off the one before.
export function speak(words, language) {
  if (!globalThis.speechSynthesis) return;
  const utterance = new SpeechSynthesisUtterance(words);
  utterance.lang = language;
  speechSynthesis.cancel();
  speechSynthesis.speak(utterance);
}
