// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

namespace kata {

/// Pictures that could not be decoded.
struct PictureLosses {
  std::int64_t lost = 0;          ///< nothing of them could be
  std::int64_t damaged = 0;       ///< a part of them is a guess
  std::optional<double> first_s;  ///< of both, in the container's time; empty = not known
};

/// Counts the pictures of a stream that could not be decoded, wholly or in part. Pictures come in
/// the order of their times, which are the container's.
class LostPictures {
 public:
  explicit LostPictures(double period_s) : period_s_(period_s) {}

  /// A picture came out of the decoder; `is_damaged`: a part of it is the decoder's guess.
  void came(std::optional<double> time_s, bool is_damaged);
  /// The decoder made nothing of what it was given, which may have been several pictures.
  void failed() { ++failures_; }

  /// Those with a good picture after them.
  const PictureLosses& in_the_middle() const { return middle_; }
  /// Those at the end too.
  PictureLosses all() const;

 private:
  std::int64_t missing_before(std::optional<double> time_s) const;
  void note_first(std::optional<double> time_s);

  double period_s_;
  PictureLosses middle_;
  std::int64_t failures_ = 0;      ///< whose gap has not been found
  std::int64_t damaged_last_ = 0;  ///< since the last good picture
  std::optional<double> damaged_since_s_;
  std::optional<double> last_s_;
};

}  // namespace kata
