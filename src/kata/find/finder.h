// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "kata/find/course.h"
#include "kata/find/known_movement.h"

namespace kata {

/// A stretch of a stream that resembles a taught repetition.
struct Find {
  std::size_t movement = 0;
  double start_s = 0;
  double end_s = 0;
  double distance = 0;       ///< to the nearest taught one; 1 is the limit
  bool is_right = false;     ///< that one is right
  double reach = 0;          ///< of the taught ones' reach
  bool is_mirrored = false;  ///< it resembles in the mirror
};

/// The nearest stretch of each side: straight, mirrored.
using NearestSides = std::array<std::optional<Find>, 2>;

/// The movements of a craft as the finder knows them, by number; empty where one shows no body.
using KnownMovements = std::vector<std::optional<KnownMovement>>;

/// Stretches of one side, straight or mirrored, of which the nearest are told and do not overlap.
class FindLine {
 public:
  void add(const Find& find);
  /// The nearest one, once nothing that overlaps it has been nearer for a while.
  std::optional<Find> settled(double now_s);
  /// The stream has ended.
  std::optional<Find> rest() { return settled(1e18); }
  void clear() { open_.clear(); }

 private:
  std::vector<Find> open_;
  double told_until_s_ = -1e18;
};

/// Compares the last seconds of a stream with every taught repetition, at every pace and in the
/// mirror too.
class Finder {
 public:
  explicit Finder(std::shared_ptr<const KnownMovements> known);

  /// The stretches that are settled with this frame and nearer than the loosest limit; of each side
  /// by itself.
  std::vector<Find> step(const CourseFrame& frame);
  std::vector<Find> finish();
  /// The nearest stretches that end now, whatever their distance, as of the last look.
  const NearestSides& nearest_now() const { return nearest_; }
  /// How near a stretch that another rule found comes to a movement, its edges moved a little;
  /// nothing where this finder cannot say: too little of a body was taught or seen.
  std::optional<double> distance(std::size_t movement, double start_s, double end_s,
                                 bool is_mirrored) const;
  /// Nothing of the past is known any more.
  void forget();

 private:
  void look(double now_s);
  std::span<const CourseFrame> frames_between(double start_s, double end_s) const;
  void keep_pace(const Find& find);
  double pace_cost(std::size_t side, std::size_t movement, double duration_s) const;
  void look_at(std::size_t duration, double now_s);

  std::shared_ptr<const KnownMovements> known_;
  std::vector<CourseFrame> frames_;
  std::size_t shortest_ = 0, longest_ = 0;  ///< places on the common scale of durations
  PointMask wanted_{};
  double looked_s_ = -1e18;
  FindLine lines_[2];  ///< straight, mirrored
  NearestSides nearest_;
  std::vector<std::vector<double>> paces_[2];  ///< durations of the near finds, by movement
};

}  // namespace kata
