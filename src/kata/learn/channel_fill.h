// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "kata/learn/bytes.h"
#include "kata/motion/series.h"

namespace kata {

/// Puts the training mean where a part was not seen, which says neither for nor against any class.
class ChannelFill {
 public:
  static ChannelFill fit(std::span<const Series> training);

  Series fill(const Series& series) const;

  void save(ByteWriter& writer) const { writer.put_array(means_); }
  static ChannelFill load(ByteReader& reader);
  std::size_t channels() const { return means_.size(); }

 private:
  std::vector<float> means_;
};

}  // namespace kata
