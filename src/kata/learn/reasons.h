// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kata/core/verdict.h"
#include "kata/learn/bytes.h"
#include "kata/motion/point_track.h"
#include "kata/motion/series.h"

namespace kata {

/// A repetition that a mistake was taught by.
struct WrongLesson {
  std::size_t lesson = 0;  ///< number by which explain() is told of it
  const PointTrack* track = nullptr;
  std::string mistake;  ///< empty where it was not named
};

/// Explains how a repetition differs from right ones, joint by joint.
class Explainer {
 public:
  /// Tracks of a few right repetitions (body_skeleton()); their spread tells what is no mistake.
  /// The wrong ones tell at which joints each mistake shows, without another body in between.
  static Explainer learn(std::span<const PointTrack> right, std::span<const WrongLesson> wrong);

  /// How it differs from the nearest right one, most important first. `like` is the wrong lesson
  /// that it resembles.
  std::vector<Reason> explain(const PointTrack& track, std::optional<std::size_t> like = {},
                              std::size_t most = 3) const;

  void save(ByteWriter& writer) const;
  /// `has_shares`: false for what was stored before there were wrong lessons.
  static Explainer load(ByteReader& reader, bool has_shares);

 private:
  std::vector<double> shares_of(const PointTrack& track) const;

  std::vector<Series> right_;   // see joint_channels(); each as seen, then from either side
  std::vector<double> spread_;  // one for each joint: difference between right ones, body units
  std::vector<std::uint32_t> lessons_;  // rising; of the wrong ones
  std::vector<double> shares_;          // [lessons, joints]: where the mistake shows
};

}  // namespace kata
