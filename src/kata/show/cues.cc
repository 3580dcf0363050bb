// SPDX-License-Identifier: Apache-2.0
#include "kata/show/cues.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <numbers>
#include <sstream>
#include <string>

extern char** environ;

namespace kata {
namespace {

struct Tone {
  double pitch_hz;
  double length_s;
};

std::vector<Tone> tones_of(Cue cue) {
  switch (cue) {
    case Cue::kRight:
      return {{659, 0.10}, {988, 0.20}};
    case Cue::kWrong:
      return {{330, 0.14}, {220, 0.26}};
    case Cue::kUnsure:
      return {{440, 0.14}};
    case Cue::kCountdown:
      return {{660, 0.07}};
    case Cue::kStart:
      return {{990, 0.25}};
  }
  return {};
}

/// Sounds swell and fade: one that begins at once clicks.
void append(std::vector<std::int16_t>& samples, const Tone& tone) {
  constexpr double kLoudness = 0.35 * 32767;
  constexpr double kSwellS = 0.008;
  const auto count = static_cast<int>(tone.length_s * kCueRateHz);
  for (int i = 0; i < count; ++i) {
    const double time_s = static_cast<double>(i) / kCueRateHz;
    const double left_s = tone.length_s - time_s;
    const double swell = std::min({1.0, time_s / kSwellS, left_s / (0.5 * tone.length_s)});
    const double wave = std::sin(2 * std::numbers::pi * tone.pitch_hz * time_s);
    samples.push_back(static_cast<std::int16_t>(std::lround(kLoudness * swell * wave)));
  }
}

/// A program of the PATH, empty if there is none of this name.
std::string program_path(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::string candidate = folder + "/" + name;
    if (::access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return {};
}

/// A player that reads raw samples from its input.
std::vector<std::string> player_command() {
  const std::string rate = std::to_string(kCueRateHz);
  if (const std::string paplay = program_path("paplay"); !paplay.empty()) {
    return {paplay, "--raw", "--format=s16le", "--channels=1", "--rate=" + rate};
  }
  if (const std::string aplay = program_path("aplay"); !aplay.empty()) {
    return {aplay, "-q", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", rate, "-"};
  }
  return {};
}

}  // namespace

struct CuePlayer::Impl {
  bool is_muted = false;
  std::vector<std::string> command = player_command();
  ::pid_t player = 0;  ///< of the cue that may still be sounding; 0 = none

  bool is_sounding();
  void start(const std::vector<std::int16_t>& samples);
};

bool CuePlayer::Impl::is_sounding() {
  if (player != 0 && ::waitpid(player, nullptr, WNOHANG) != 0) player = 0;
  return player != 0;
}

void CuePlayer::Impl::start(const std::vector<std::int16_t>& samples) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return;
  // A cue is shorter than what a pipe holds (64 KiB), so this never waits for the player.
  const std::size_t bytes = samples.size() * sizeof(std::int16_t);
  const bool is_written = ::write(ends[1], samples.data(), bytes) == static_cast<::ssize_t>(bytes);
  ::close(ends[1]);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
  for (const int output : {STDOUT_FILENO, STDERR_FILENO}) {
    ::posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY, 0);
  }
  std::vector<char*> arguments;
  for (std::string& word : command) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const bool is_started = is_written && ::posix_spawn(&player, arguments[0], &actions, nullptr,
                                                      arguments.data(), environ) == 0;
  if (!is_started) player = 0;
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[0]);
}

Cue cue_of(VerdictKind kind) {
  if (kind == VerdictKind::kCorrect) return Cue::kRight;
  return kind == VerdictKind::kIncorrect ? Cue::kWrong : Cue::kUnsure;
}

bool has_cue(VerdictKind kind) { return kind != VerdictKind::kOther; }

std::vector<std::int16_t> cue_samples(Cue cue) {
  std::vector<std::int16_t> samples;
  for (const Tone& tone : tones_of(cue)) append(samples, tone);
  samples.push_back(0);
  return samples;
}

CuePlayer::CuePlayer(bool is_muted) : impl_(std::make_unique<Impl>()) {
  impl_->is_muted = is_muted;
}

CuePlayer::~CuePlayer() {
  if (impl_->player != 0) ::waitpid(impl_->player, nullptr, 0);  // half a second at most
}

void CuePlayer::play(Cue cue) {
  if (impl_->is_muted || impl_->is_sounding()) return;
  if (!impl_->command.empty()) {
    impl_->start(cue_samples(cue));
  } else if (::isatty(STDERR_FILENO) != 0) {
    static_cast<void>(std::fputc('\a', stderr));
  }
}

void CuePlayer::set_muted(bool is_muted) { impl_->is_muted = is_muted; }

}  // namespace kata
