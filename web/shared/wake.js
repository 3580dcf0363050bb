// SPDX-License-Identifier: Apache-2.0
// Keeps the screen on while a camera is on: whoever has clay on the hands touches no phone.

export class ScreenLock {
  /// Asked again whenever the page is seen again, because the browser lets go of it when the page is hidden.
  hold() {
    if (this.is_wanted) return;
    this.is_wanted = true;
    this.stop_listening = new AbortController();
    document.addEventListener('visibilitychange', () => this.request(), {signal: this.stop_listening.signal});
    this.request();
  }

  async request() {
    if (document.hidden || (this.lock && !this.lock.released)) return;
    try {
      const lock = await navigator.wakeLock?.request('screen');
      if (this.is_wanted) this.lock = lock;
      else await lock?.release();
    } catch { /* a low battery, or not allowed here: the screen goes dark as it always did */ }
  }

  release() {
    this.is_wanted = false;
    this.stop_listening?.abort();
    this.lock?.release().catch(() => {});
    this.lock = null;
  }
}
