// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kata/tensor/graph.h"

namespace kata {

/// The network of a TensorFlow Lite file, with 32-bit weights, none of them in 16 bits or sparse
/// any more. Keeps only `outputs`, by their index in the file, in this order (empty: all), and what
/// they need.
///
/// `file` may be damaged or hostile: throws Error{kCorrupt} for what cannot be, and
/// Error{kUnsupported} for what Kata cannot compute; both say what, as the end of a sentence.
Graph graph_from_tflite(std::span<const std::uint8_t> file,
                        const std::vector<std::size_t>& outputs = {});

/// The sizes of what `node` gives, by its inputs' sizes. Throws Error{kCorrupt} where its inputs
/// and its kind do not go together.
TensorSizes output_sizes(const Graph& graph, const GraphNode& node);

/// Zeros around a picture such that a window's results are as many as SAME asks for: the picture's
/// size over the stride, rounded up.
Margins margins_for_same(const TensorSizes& picture, const KernelWindow& window);

}  // namespace kata
