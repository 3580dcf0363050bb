// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "kata/tensor/flatbuffer.h"
#include "kata/tensor/graph.h"

namespace kata {

/// The tensors of a TensorFlow Lite file's subgraph: their sizes, and what those with data hold.
///
/// Sizes are checked when they are asked for, so that a file may carry what nobody uses. Throws
/// Error{kCorrupt} for what cannot be, Error{kUnsupported} for what Kata cannot read.
class TfliteTensors {
 public:
  TfliteTensors(const FlatTable& model, const FlatTable& subgraph);

  std::size_t count() const { return tensors_.size(); }
  bool has_data(std::size_t tensor) const { return !data(tensor).empty(); }
  TensorSizes sizes(std::size_t tensor) const;

  /// Numbers of 32 or 16 bits; zeros that the file leaves out (sparse tensors) are filled in.
  std::vector<float> floats(std::size_t tensor) const;
  std::vector<int> integers(std::size_t tensor) const;

 private:
  std::span<const std::uint8_t> data(std::size_t tensor) const;

  std::vector<FlatTable> tensors_;
  std::vector<FlatTable> buffers_;
};

}  // namespace kata
