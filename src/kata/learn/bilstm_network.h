// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "kata/learn/bytes.h"
#include "kata/motion/series.h"

namespace kata {

/// One direction of a long short-term memory layer; gates in the order input, forget, cell, output.
struct LstmWeights {
  std::uint32_t inputs = 0;
  std::uint32_t units = 0;
  std::vector<float> kernel;     ///< [4 × units, inputs] row-major
  std::vector<float> recurrent;  ///< [4 × units, units]
  std::vector<float> bias;       ///< [4 × units]
};

struct DenseWeights {
  std::uint32_t inputs = 0;
  std::uint32_t outputs = 0;
  std::vector<float> weights;  ///< [outputs, inputs] row-major
  std::vector<float> bias;
};

/// The prototype's network: BiLSTM 64 → BiLSTM 128 → BiLSTM 64 → 64 → 32 → softmax.
///
/// Plain numbers, so that what libtorch has learned is judged by in every build, without libtorch.
struct BilstmNetwork {
  static constexpr std::array<std::uint32_t, 3> kUnits = {64, 128, 64};
  static constexpr std::array<std::uint32_t, 2> kHidden = {64, 32};

  std::array<LstmWeights, 2 * kUnits.size()> lstm;  ///< of each layer: forwards, backwards
  std::array<DenseWeights, kHidden.size() + 1> dense;

  std::size_t channels() const { return lstm[0].inputs; }
  std::size_t classes() const { return dense.back().outputs; }
  /// One for each class; they sum to one. The series has channels() channels and no NaN.
  std::vector<double> probabilities(const Series& series) const;

  void save(ByteWriter& writer) const;
  static BilstmNetwork load(ByteReader& reader);
};

}  // namespace kata
