// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "kata/core/error.h"
#include "kata/tensor/graph_from_tflite.h"

namespace kata {
namespace {

void expect(bool is_fitting, const char* what) {
  if (!is_fitting) {
    throw Error(ErrorCode::kCorrupt, std::string("the sizes of ") + what + " do not fit");
  }
}

bool is_picture(const TensorSizes& sizes) { return sizes.size() == 4 && sizes[0] == 1; }

int steps(int size, int window, int stride, const char* what) {
  expect(window >= 1 && stride >= 1 && size >= window, what);
  return (size - window) / stride + 1;
}

TensorSizes windowed(const TensorSizes& picture, const KernelWindow& window, int channels,
                     const char* what) {
  expect(is_picture(picture), what);
  const Margins& margins = window.margins;
  return {1, steps(picture[1] + margins.top + margins.bottom, window.height, window.stride_y, what),
          steps(picture[2] + margins.left + margins.right, window.width, window.stride_x, what),
          channels};
}

TensorSizes convolved(const Graph& graph, const GraphNode& node) {
  constexpr const char* kWhat = "a convolution";
  const TensorSizes& picture = graph.tensors[node.inputs[0]].sizes;
  const TensorSizes& weights = graph.tensors[node.inputs[1]].sizes;
  const bool is_depthwise = node.operation == Operation::kDepthwiseConv2d;
  expect(is_picture(picture) && weights.size() == 4, kWhat);
  expect(weights[1] == node.window.height && weights[2] == node.window.width, kWhat);
  const int channels = is_depthwise ? weights[3] : weights[0];
  expect(picture[3] == weights[3] && (!is_depthwise || weights[0] == 1), kWhat);
  expect(volume(graph.tensors[node.inputs[2]].sizes) == static_cast<std::size_t>(channels), kWhat);
  return windowed(picture, node.window, channels, kWhat);
}

TensorSizes fully_connected(const Graph& graph, const GraphNode& node) {
  constexpr const char* kWhat = "a fully connected layer";
  const TensorSizes& weights = graph.tensors[node.inputs[1]].sizes;
  const std::size_t values = volume(graph.tensors[node.inputs[0]].sizes);
  expect(weights.size() == 2 && values == static_cast<std::size_t>(weights[1]), kWhat);
  expect(volume(graph.tensors[node.inputs[2]].sizes) == static_cast<std::size_t>(weights[0]),
         kWhat);
  return {1, weights[0]};
}

TensorSizes concatenated(const Graph& graph, const GraphNode& node) {
  constexpr const char* kWhat = "a concatenation";
  TensorSizes sizes = graph.tensors[node.inputs[0]].sizes;
  expect(node.axis >= 0 && static_cast<std::size_t>(node.axis) < sizes.size(), kWhat);
  const auto axis = static_cast<std::size_t>(node.axis);
  int sum = 0;
  for (const std::size_t input : node.inputs) {
    const TensorSizes& part = graph.tensors[input].sizes;
    expect(part.size() == sizes.size(), kWhat);
    sum += part[axis];
    sizes[axis] = part[axis];
    expect(part == sizes, kWhat);
  }
  sizes[axis] = sum;
  return sizes;
}

TensorSizes spread(const TensorSizes& picture, int block) {
  constexpr const char* kWhat = "a depth-to-space layer";
  expect(is_picture(picture) && block >= 1 && block <= picture[3], kWhat);
  expect(picture[3] % (block * block) == 0, kWhat);
  return {1, picture[1] * block, picture[2] * block, picture[3] / (block * block)};
}

/// Those whose sizes the file gives: they only have to be possible.
TensorSizes as_told(const TensorSizes& input, const TensorSizes& told, const GraphNode& node) {
  switch (node.operation) {
    case Operation::kReshape:
      expect(volume(input) == volume(told), "a reshape");
      return told;
    case Operation::kResizeBilinear:
      expect(is_picture(input) && is_picture(told) && input[3] == told[3], "a resized picture");
      return told;
    case Operation::kPad:
      expect(!input.empty() && input.size() == told.size() && node.begin.size() == told.size(),
             "a padding");
      for (std::size_t i = 0; i < told.size(); ++i)
        expect(node.begin[i] >= 0 && node.begin[i] <= told[i] - input[i], "a padding");
      return told;
    default:
      expect(!input.empty() && input.size() == told.size() && node.begin.size() == told.size(),
             "a slice");
      for (std::size_t i = 0; i < told.size(); ++i)
        expect(node.begin[i] >= 0 && node.begin[i] <= input[i] - told[i], "a slice");
      return told;
  }
}

}  // namespace

Margins margins_for_same(const TensorSizes& picture, const KernelWindow& window) {
  expect(is_picture(picture) && window.stride_x >= 1 && window.stride_y >= 1, "a convolution");
  const auto missing = [](int size, int length, int stride) {
    const int results = (size + stride - 1) / stride;
    return std::max((results - 1) * stride + length - size, 0);
  };
  const int y = missing(picture[1], window.height, window.stride_y);
  const int x = missing(picture[2], window.width, window.stride_x);
  return {y / 2, x / 2, y - y / 2, x - x / 2};
}

TensorSizes output_sizes(const Graph& graph, const GraphNode& node) {
  const TensorSizes& input = graph.tensors[node.inputs[0]].sizes;
  switch (node.operation) {
    case Operation::kActivation:
      expect(!node.slopes || (!input.empty() && volume(graph.tensors[*node.slopes].sizes) ==
                                                    static_cast<std::size_t>(input.back())),
             "an activation");
      return input;
    case Operation::kLogistic:
      return input;
    case Operation::kAdd:
      expect(input == graph.tensors[node.inputs[1]].sizes, "a sum");
      return input;
    case Operation::kConcatenation:
      return concatenated(graph, node);
    case Operation::kConv2d:
    case Operation::kDepthwiseConv2d:
      return convolved(graph, node);
    case Operation::kDepthToSpace:
      return spread(input, node.block);
    case Operation::kFullyConnected:
      return fully_connected(graph, node);
    case Operation::kMaxPool2d:
      expect(is_picture(input), "a pooling");
      return windowed(input, node.window, input[3], "a pooling");
    case Operation::kMean:
      expect(is_picture(input), "a mean");
      return graph.tensors[node.output].sizes.size() == 4 ? TensorSizes{1, 1, 1, input[3]}
                                                          : TensorSizes{1, input[3]};
    case Operation::kPad:
    case Operation::kReshape:
    case Operation::kResizeBilinear:
    case Operation::kStridedSlice:
      return as_told(input, graph.tensors[node.output].sizes, node);
  }
  return {};
}

}  // namespace kata
