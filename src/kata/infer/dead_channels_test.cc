// SPDX-License-Identifier: Apache-2.0
#include "kata/infer/dead_channels.h"

#include <gtest/gtest.h>

#include <memory>
#include <openvino/openvino.hpp>
#include <openvino/opsets/opset8.hpp>
#include <random>
#include <vector>

namespace kata {
namespace {

namespace op = ov::opset8;
using Floats = std::vector<float>;

constexpr std::size_t kIn = 3;
constexpr std::size_t kMiddle = 6;
constexpr std::size_t kOut = 4;
constexpr std::size_t kSide = 8;

/// Weights and biases of one block, as its network's file has them.
struct Weights {
  Floats expand, expand_bias, depthwise, depthwise_bias, project, project_bias;
};

/// None of them zero. Few binary places, in the picture as well: floats hold every sum exactly,
/// whatever the order of summing.
Weights random_weights() {
  std::mt19937 random(7);
  std::uniform_int_distribution<int> eighths(1, 8);
  const auto some = [&](std::size_t count) {
    Floats values(count);
    for (float& value : values) value = static_cast<float>(eighths(random)) / 8;
    return values;
  };
  return {some(kMiddle * kIn), some(kMiddle),        some(kMiddle * 9),
          some(kMiddle),       some(kOut * kMiddle), some(kOut)};
}

void leave_unused(Weights& weights, std::size_t channel) {
  for (std::size_t out = 0; out < kOut; ++out) weights.project[out * kMiddle + channel] = 0;
}

void make_constant(Weights& weights, std::size_t channel, float bias) {
  for (std::size_t in = 0; in < kIn; ++in) weights.expand[channel * kIn + in] = 0;
  weights.expand_bias[channel] = bias;
}

std::shared_ptr<op::Constant> constant(const ov::Shape& shape, const Floats& values) {
  return op::Constant::create(ov::element::f32, shape, values);
}

/// An inverted residual block; with `is_read_inside`, its inside is a result of the network too.
std::shared_ptr<ov::Model> block(const Weights& weights, bool is_read_inside = false) {
  const ov::Strides one{1, 1};
  const ov::CoordinateDiff none{0, 0};
  const ov::CoordinateDiff margin{1, 1};
  const auto input =
      std::make_shared<op::Parameter>(ov::element::f32, ov::Shape{1, kIn, kSide, kSide});
  const auto biased = [](const std::shared_ptr<ov::Node>& node, const Floats& bias) {
    return std::make_shared<op::Add>(node, constant({1, bias.size(), 1, 1}, bias));
  };
  const auto expanded = std::make_shared<op::Clamp>(
      biased(std::make_shared<op::Convolution>(
                 input, constant({kMiddle, kIn, 1, 1}, weights.expand), one, none, none, one),
             weights.expand_bias),
      0, 6);
  const auto middle = std::make_shared<op::Clamp>(
      biased(std::make_shared<op::GroupConvolution>(
                 expanded, constant({kMiddle, 1, 1, 3, 3}, weights.depthwise), one, margin, margin,
                 one),
             weights.depthwise_bias),
      0, 6);
  const auto result =
      biased(std::make_shared<op::Convolution>(
                 middle, constant({kOut, kMiddle, 1, 1}, weights.project), one, none, none, one),
             weights.project_bias);
  ov::ResultVector results{std::make_shared<op::Result>(result)};
  if (is_read_inside) results.push_back(std::make_shared<op::Result>(expanded));
  return std::make_shared<ov::Model>(results, ov::ParameterVector{input});
}

Floats output_of(const std::shared_ptr<ov::Model>& model) {
  static ov::Core core;
  auto compiled =
      core.compile_model(model, "CPU", {ov::hint::inference_precision(ov::element::f32)});
  auto request = compiled.create_infer_request();
  ov::Tensor picture = request.get_input_tensor();
  for (std::size_t i = 0; i < picture.get_size(); ++i) {
    picture.data<float>()[i] = static_cast<float>(i % 7) / 8 - 0.25F;
  }
  request.infer();
  const ov::Tensor result = request.get_output_tensor(0);
  return Floats(result.data<float>(), result.data<float>() + result.get_size());
}

void expect_same_with_fewer_channels(const Weights& weights, std::size_t removed) {
  const Floats before = output_of(block(weights));
  const auto model = block(weights);
  EXPECT_EQ(remove_dead_channels(*model), removed);
  std::size_t left = 0;
  for (const auto& node : model->get_ops()) {
    if (ov::is_type<op::GroupConvolution>(node)) left = node->get_output_shape(0)[1];
  }
  EXPECT_EQ(left, kMiddle - removed);
  EXPECT_EQ(output_of(model), before);
}

TEST(DeadChannels, ABlockWithoutAnyStaysAsItIs) {
  expect_same_with_fewer_channels(random_weights(), 0);
}

TEST(DeadChannels, OfWhichNothingIsUsedGo) {
  Weights weights = random_weights();
  leave_unused(weights, 2);
  leave_unused(weights, 5);
  expect_same_with_fewer_channels(weights, 2);
}

TEST(DeadChannels, ThatAreZeroLeaveTheirShareInTheBias) {
  Weights weights = random_weights();
  make_constant(weights, 0, -0.5F);  // clamped to zero; the next bias is not zero, and used
  expect_same_with_fewer_channels(weights, 1);
}

TEST(DeadChannels, AConstantThatIsNotZeroDiffersAtThePicturesEdgeAndStays) {
  Weights weights = random_weights();
  make_constant(weights, 0, 0.5F);
  expect_same_with_fewer_channels(weights, 0);
}

TEST(DeadChannels, WhatIsReadElsewhereStays) {
  Weights weights = random_weights();
  leave_unused(weights, 2);
  const auto model = block(weights, true);
  EXPECT_EQ(remove_dead_channels(*model), 0U);
}

}  // namespace
}  // namespace kata
