// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "kata/core/verdict.h"
#include "kata/find/finder.h"

namespace kata {

/// A find and what the judge says of it.
struct JudgedFind {
  Find find;
  Verdict verdict;
};

/// What is known of the learner: whether the craft's movements are seen of this person at all, and
/// which side the person works with. Strict until a few were found, looser from then on; sides are
/// exchanged once a person, never for a single repetition.
class LiveLearner {
 public:
  /// `may_mirror`: false where the side is given.
  explicit LiveLearner(bool may_mirror) : may_mirror_(may_mirror) {}

  /// False for finds of a side that this learner does not work with.
  bool may_count(const Find& find) const {
    return find.is_mirrored == is_mirrored_ || (may_mirror_ && !is_mirrored_);
  }
  /// The finds that may be told now; among them earlier ones, which count late.
  std::vector<JudgedFind> add(JudgedFind one);
  bool is_known() const { return is_known_; }
  /// The learner works with the other hand than the teacher.
  bool is_mirrored() const { return is_mirrored_; }
  /// Another person may have come.
  void forget();

 private:
  std::size_t strict_finds(bool of_mirrored) const { return strict_[of_mirrored ? 1 : 0]; }
  bool should_mirror() const;
  std::vector<JudgedFind> take_held();

  bool may_mirror_ = true;
  bool is_known_ = false;
  bool is_mirrored_ = false;
  std::size_t strict_[2] = {0, 0};  ///< straight, mirrored
  std::vector<JudgedFind> held_;    ///< not told yet, of either side
};

}  // namespace kata
