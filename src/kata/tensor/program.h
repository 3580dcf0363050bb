// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "kata/tensor/graph.h"

namespace kata {

/// Part of a program's memory.
struct MemoryPart {
  std::size_t begin;  ///< in floats
  std::size_t count;
};

/// A network ready to be computed, in steps on one memory that the caller brings. Several runs may
/// be under way at once, each with its own memory.
class Program {
 public:
  /// Throws Error{kCorrupt} where the network needs impossibly much memory.
  explicit Program(Graph graph);

  /// How many floats run() needs.
  std::size_t memory() const { return memory_; }
  MemoryPart input() const { return input_; }
  const std::vector<MemoryPart>& outputs() const { return outputs_; }
  /// Of one run, in the convolutions and fully connected layers.
  std::size_t multiplications() const { return multiplications_; }

  /// Leaves the input as it is.
  void run(float* memory) const;

 private:
  friend class ProgramBuilder;
  std::vector<std::function<void(float*)>> steps_;
  std::size_t memory_ = 0;
  MemoryPart input_{};
  std::vector<MemoryPart> outputs_;
  std::size_t multiplications_ = 0;
};

}  // namespace kata
