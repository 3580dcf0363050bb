// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "kata/core/verdict.h"

namespace kata {

enum class Cue {
  kRight,      ///< two tones that rise
  kWrong,      ///< two tones that fall
  kUnsure,     ///< one short tone
  kCountdown,  ///< a tick
  kStart,      ///< after the last tick
};

/// What to play for a verdict; movements that are not the craft's make no sound.
Cue cue_of(VerdictKind kind);
bool has_cue(VerdictKind kind);

inline constexpr int kCueRateHz = 22050;

/// The sound: mono, 16-bit, kCueRateHz; shorter than half a second, silent at both ends.
std::vector<std::int16_t> cue_samples(Cue cue);

/// Plays cues while other things go on: by the desktop's player (paplay or aplay), else by the
/// terminal's bell. A cue that is still sounding is not interrupted; the next is left out.
class CuePlayer {
 public:
  explicit CuePlayer(bool is_muted = false);
  ~CuePlayer();
  CuePlayer(const CuePlayer&) = delete;
  CuePlayer& operator=(const CuePlayer&) = delete;

  /// Returns at once. Sound that cannot be played is no error.
  void play(Cue cue);
  void set_muted(bool is_muted);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kata
