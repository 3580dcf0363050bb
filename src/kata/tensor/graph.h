// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

namespace kata {

/// Sizes of a tensor, the outermost first; pictures are [1, height, width, channels].
using TensorSizes = std::vector<int>;

/// Number of values; sizes are positive.
std::size_t volume(const TensorSizes& sizes);

/// What a node computes. Names are TensorFlow Lite's, whose definition is meant.
enum class Operation {
  kActivation,  ///< PRELU, RELU: what `clamp` and `slopes` say
  kAdd,
  kConcatenation,
  kConv2d,
  kDepthToSpace,
  kDepthwiseConv2d,
  kFullyConnected,
  kLogistic,
  kMaxPool2d,
  kMean,
  kPad,
  kReshape,
  kResizeBilinear,
  kStridedSlice,
};

struct GraphTensor {
  TensorSizes sizes;
  std::vector<float> values;  ///< of a constant; empty for what is computed
  bool is_constant() const { return !values.empty(); }
};

/// Zeros around a picture, px.
struct Margins {
  int top = 0;
  int left = 0;
  int bottom = 0;
  int right = 0;
  bool operator==(const Margins&) const = default;
};

/// What a convolution or a pooling sees of its input for one pixel, and how it goes on.
struct KernelWindow {
  int height = 1;
  int width = 1;
  int stride_y = 1;
  int stride_x = 1;
  Margins margins;
};

/// Limits of a node's result.
struct Clamp {
  float low = -std::numeric_limits<float>::infinity();
  float high = std::numeric_limits<float>::infinity();
  bool is_none() const { return *this == Clamp{}; }
  bool operator==(const Clamp&) const = default;
};

/// One step of the network. `inputs` and `output` are positions in Graph::tensors; weights and
/// bias (always there, of a convolution or fully connected) are inputs 1 and 2.
struct GraphNode {
  Operation operation = Operation::kReshape;
  std::vector<std::size_t> inputs;
  std::size_t output = 0;

  KernelWindow window;                        ///< convolutions, pooling
  Clamp clamp;                          ///< of everything that can have an activation
  std::optional<std::size_t> residual;  ///< added before the activation: a tensor of output's sizes
  std::optional<std::size_t> slopes;    ///< then below zero × these (a value for each channel)
  int axis = 0;                         ///< kConcatenation
  int block = 1;                        ///< kDepthToSpace
  bool has_half_pixels = false;         ///< kResizeBilinear: centres of pixels at .5
  std::vector<int> begin;  ///< kStridedSlice: first index; kPad: zeros before, in each dimension
};

/// A network: one input picture, nodes in an order in which they can be computed.
struct Graph {
  std::vector<GraphTensor> tensors;
  std::vector<GraphNode> nodes;
  std::size_t input = 0;
  std::vector<std::size_t> outputs;
};

/// How many nodes and outputs of the network read each tensor.
std::vector<int> readers(const Graph& graph);

/// All tensors that `node` reads.
std::vector<std::size_t> tensors_read(const GraphNode& node);

}  // namespace kata
