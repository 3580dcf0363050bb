// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "kata/core/verdict.h"
#include "kata/learn/bytes.h"
#include "kata/motion/point_track.h"
#include "kata/motion/series.h"

namespace kata {

/// Explains how a repetition differs from right ones, joint by joint.
class Explainer {
 public:
  /// Tracks of a few right repetitions (body_skeleton()); their spread tells what is no mistake.
  static Explainer learn(std::span<const PointTrack> right);

  /// How it differs from the nearest right one, most important first.
  std::vector<Reason> explain(const PointTrack& track, std::size_t most = 3) const;

  void save(ByteWriter& writer) const;
  static Explainer load(ByteReader& reader);

 private:
  std::vector<Series> right_;   // see joint_channels()
  std::vector<double> spread_;  // one for each joint: difference between right ones, body units
};

}  // namespace kata
