// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "kata/find/course.h"
#include "kata/find/signature.h"

namespace kata {

/// People who do what nobody taught: how near to a taught movement such things come says where
/// resemblance ends.
class ForeignBank {
 public:
  /// Throws Error{kCorrupt} on bytes that are not a bank.
  explicit ForeignBank(std::string_view bytes);
  /// The one that is part of the program.
  static const ForeignBank& shipped();

  struct Stream {
    std::vector<CourseFrame> frames;
    bool has_legs = false;
  };
  std::size_t streams() const { return places_.size(); }
  /// Reads it each time: all of them at once would be large.
  Stream stream(std::size_t number) const;

 private:
  std::string_view bytes_;
  std::vector<std::size_t> places_;
};

/// `count` stretches of a stream, always the same ones, of durations between the two.
std::vector<CourseWindow> bank_windows(const ForeignBank::Stream& stream, std::size_t count,
                                       double shortest_s, double longest_s);

}  // namespace kata
