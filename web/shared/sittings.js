// SPDX-License-Identifier: Apache-2.0
// The learner's earlier sittings, kept in this browser only.

const kMost = 20;
const key = (craft) => `kata.sittings.${craft}`;

export function earlier_sittings(craft) {
  try {
    const value = JSON.parse(localStorage.getItem(key(craft)) ?? '[]');
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

/// Stores or updates the sitting that began at `started` (ms since 1970).
export function keep_sitting(craft, started, tally, scores = []) {
  const others = earlier_sittings(craft).filter((sitting) => sitting.started !== started);
  const {repetitions, correct, incorrect} = tally;
  try {
    localStorage.setItem(key(craft), JSON.stringify([{started, repetitions, correct, incorrect, scores: scores.slice(-50)}, ...others].slice(0, kMost)));
  } catch { /* storage is full or off: the sitting goes on without */ }
}

export function forget_sittings(craft) {
  try { localStorage.removeItem(key(craft)); } catch { /* nothing was kept */ }
}
