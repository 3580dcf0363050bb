// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "tests/support/tflite_writer.h"

namespace kata::test {

/// A few layers of which every size is odd somewhere: what a kernel forgets shows here.
struct SmallNetwork {
  std::string name;
  std::string file;
  std::size_t outputs = 1;
};

/// Weights in 32nds, which 16-bit floats hold; about every third is zero.
class SmallWeights {
 public:
  std::vector<float> some(std::size_t count) {
    std::vector<float> values(count);
    for (float& value : values) value = static_cast<float>(draw_(random_)) / 32;
    return values;
  }

 private:
  std::mt19937 random_{5};
  std::uniform_int_distribution<int> draw_{-24, 24};
};

namespace op {
inline constexpr int kAdd = 0, kConcatenation = 2, kConv2d = 3, kDepthwise = 4, kDepthToSpace = 5,
                     kDequantize = 6, kFullyConnected = 9, kLogistic = 14, kMaxPool = 17,
                     kRelu = 19, kReshape = 22, kResize = 23, kPad = 34, kMean = 40,
                     kStridedSlice = 45, kPrelu = 54, kDensify = 124;
inline constexpr int kSame = 0, kValid = 1, kNone = 0, kRelu6 = 3;
}  // namespace op

/// Options of a convolution (table 1) or a depthwise convolution (table 2).
inline std::map<unsigned, Flat> convolution(int padding, int stride, int activation,
                                            bool is_depthwise) {
  std::map<unsigned, Flat> fields = {{0, Flat::number(static_cast<std::int8_t>(padding))},
                                     {1, Flat::number(stride)},
                                     {2, Flat::number(stride)}};
  if (is_depthwise) fields[3] = Flat::number(1);
  fields[is_depthwise ? 4 : 3] = Flat::number(static_cast<std::int8_t>(activation));
  return fields;
}

/// A convolution with a rectifier of its own, then one with slopes.
inline SmallNetwork convolutions() {
  TfliteWriter w;
  SmallWeights weights;
  const int input = w.tensor({1, 9, 7, 3});
  const int first = w.tensor({1, 5, 4, 11});
  w.operation(op::kConv2d,
              {input, w.floats({11, 3, 3, 3}, weights.some(297)), w.floats({11}, weights.some(11))},
              first, convolution(op::kSame, 2, op::kRelu6, false), 1);
  const int second = w.tensor({1, 4, 3, 6});
  w.operation(op::kConv2d,
              {first, w.floats({6, 2, 2, 11}, weights.some(264)), w.floats({6}, weights.some(6))},
              second, convolution(op::kValid, 1, op::kNone, false), 1);
  const int output = w.tensor({1, 4, 3, 6});
  w.operation(op::kPrelu, {second, w.floats({1, 1, 6}, weights.some(6))}, output);
  return {"convolutions", w.file(input, {output})};
}

/// MobileNetV2's block with 16-bit weights, some sparse, and channels that nothing is made of.
inline SmallNetwork inverted_residual() {
  TfliteWriter w;
  SmallWeights weights;
  const auto wide = [&](int stored, const std::vector<int>& sizes, bool is_sparse) {
    const int dense = is_sparse ? w.half_tensor(sizes) : stored;
    if (is_sparse) w.operation(op::kDensify, {stored}, dense);
    const int result = w.tensor(sizes);
    w.operation(op::kDequantize, {dense}, result);
    return result;
  };
  std::vector<float> expand = weights.some(13 * 5);
  std::vector<float> expand_bias = weights.some(13);
  for (std::size_t i = 0; i < 10; ++i) expand[i] = 0;  // the first two channels are constant
  expand_bias[0] = -0.25f;                             // and of them the first is zero
  expand_bias[1] = 0.5f;
  const int input = w.tensor({1, 7, 6, 5});
  const int inside = w.tensor({1, 7, 6, 13});
  w.operation(op::kConv2d,
              {input, wide(w.sparse_halves({13, 1, 1, 5}, expand), {13, 1, 1, 5}, true),
               wide(w.halves({13}, expand_bias), {13}, false)},
              inside, convolution(op::kSame, 1, op::kRelu6, false), 1);
  const int padded = w.tensor({1, 10, 9, 13});
  w.operation(op::kPad, {inside, w.margins({0, 0, 1, 2, 2, 1, 0, 0})}, padded);
  const int middle = w.tensor({1, 6, 5, 13});
  w.operation(op::kDepthwise,
              {padded, wide(w.halves({1, 5, 5, 13}, weights.some(325)), {1, 5, 5, 13}, false),
               w.floats({13}, weights.some(13))},
              middle, convolution(op::kValid, 1, op::kRelu6, true), 2);
  const int small = w.tensor({1, 6, 5, 5});
  w.operation(op::kConv2d,
              {middle, w.floats({5, 1, 1, 13}, weights.some(65)), w.floats({5}, weights.some(5))},
              small, convolution(op::kValid, 1, op::kNone, false), 1);
  const int corner = w.tensor({1, 6, 5, 5});
  w.operation(op::kStridedSlice,
              {input, w.integers({0, 1, 0, 0}), w.integers({1, 7, 5, 5}), w.integers({1, 1, 1, 1})},
              corner, {{0, Flat::number(0)}, {1, Flat::number(0)}}, 32);
  const int output = w.tensor({1, 6, 5, 5});
  w.operation(op::kAdd, {small, corner}, output, {{0, Flat::number(std::int8_t{1})}}, 11);
  return {"inverted_residual", w.file(input, {output})};
}

/// Windows of other sizes than the fast ones, a stride of three, a channel alone.
inline SmallNetwork depthwise(int channels, int side, int stride) {
  TfliteWriter w;
  SmallWeights weights;
  const auto count = static_cast<std::size_t>(channels);
  const int input = w.tensor({1, 11, 10, channels});
  const int out_y = (11 + stride - 1) / stride, out_x = (10 + stride - 1) / stride;
  const int output = w.tensor({1, out_y, out_x, channels});
  const auto taps = static_cast<std::size_t>(side * side) * count;
  w.operation(op::kDepthwise,
              {input, w.floats({1, side, side, channels}, weights.some(taps)),
               w.floats({channels}, weights.some(count))},
              output, convolution(op::kSame, stride, op::kNone, true), 2);
  return {"depthwise_" + std::to_string(channels) + "_" + std::to_string(side) + "_" +
              std::to_string(stride),
          w.file(input, {output})};
}

/// Pooling at an odd edge, pictures made larger, channels moved beside each other, lists joined.
inline SmallNetwork shapes() {
  TfliteWriter w;
  const int input = w.tensor({1, 5, 7, 8});
  const int pooled = w.tensor({1, 3, 4, 8});
  w.operation(op::kMaxPool, {input}, pooled,
              {{0, Flat::number(std::int8_t{0})},
               {1, Flat::number(2)},
               {2, Flat::number(2)},
               {3, Flat::number(2)},
               {4, Flat::number(2)}},
              5);
  const int spread = w.tensor({1, 6, 8, 2});
  w.operation(op::kDepthToSpace, {pooled}, spread, {{0, Flat::number(2)}}, 94);
  const int large = w.tensor({1, 12, 16, 2});
  w.operation(op::kResize, {spread, w.integers({12, 16})}, large,
              {{2, Flat::number(std::uint8_t{0})}, {3, Flat::number(std::uint8_t{1})}}, 15);
  const int deep = w.tensor({1, 12, 16, 5});
  w.operation(op::kPad, {large, w.margins({0, 0, 0, 0, 0, 0, 1, 2})}, deep);
  const int bent = w.tensor({1, 12, 16, 5});
  w.operation(op::kRelu, {deep}, bent);
  const int list = w.tensor({1, 192, 5});
  w.operation(op::kReshape, {bent, w.integers({1, 192, 5})}, list);
  const int other = w.tensor({1, 56, 5});
  w.operation(op::kReshape, {input, w.integers({1, 56, 5})}, other);
  const int joined = w.tensor({1, 248, 5});
  w.operation(op::kConcatenation, {list, other}, joined,
              {{0, Flat::number(1)}, {1, Flat::number(std::int8_t{0})}}, 10);
  const int output = w.tensor({1, 248, 5});
  w.operation(op::kLogistic, {joined}, output);
  return {"shapes", w.file(input, {output, large}), 2};
}

inline SmallNetwork means() {
  TfliteWriter w;
  SmallWeights weights;
  const int input = w.tensor({1, 3, 5, 10});
  const int mean = w.tensor({1, 10});
  w.operation(op::kMean, {input, w.integers({1, 2})}, mean, {{0, Flat::number(std::uint8_t{0})}},
              27);
  const int output = w.tensor({1, 9});
  w.operation(op::kFullyConnected,
              {mean, w.floats({9, 10}, weights.some(90)), w.floats({9}, weights.some(9))}, output,
              {{0, Flat::number(std::int8_t{0})}}, 8);
  return {"means", w.file(input, {output})};
}

inline std::vector<SmallNetwork> small_networks() {
  return {convolutions(),
          inverted_residual(),
          depthwise(6, 3, 1),
          depthwise(7, 3, 2),
          depthwise(13, 5, 1),
          depthwise(4, 5, 2),
          depthwise(1, 1, 1),
          depthwise(5, 4, 3),
          shapes(),
          means()};
}

}  // namespace kata::test
