// SPDX-License-Identifier: Apache-2.0
#include "kata/infer/dead_channels.h"

#include <cstdint>
#include <memory>
#include <openvino/op/add.hpp>
#include <openvino/op/clamp.hpp>
#include <openvino/op/constant.hpp>
#include <openvino/op/convolution.hpp>
#include <openvino/op/gather.hpp>
#include <openvino/op/group_conv.hpp>
#include <openvino/openvino.hpp>
#include <optional>
#include <vector>

#include "kata/tensor/dead_channels.h"

namespace kata {
namespace {

using Floats = std::vector<float>;

/// One block, from its last convolution back to its first.
struct Block {
  std::shared_ptr<ov::op::v1::Convolution> expand;
  std::shared_ptr<ov::op::v1::Add> expand_bias;
  std::shared_ptr<ov::op::v0::Clamp> expand_clamp;
  std::shared_ptr<ov::op::v1::GroupConvolution> depthwise;
  std::shared_ptr<ov::op::v1::Add> depthwise_bias;
  std::shared_ptr<ov::op::v0::Clamp> depthwise_clamp;
  std::shared_ptr<ov::op::v1::Convolution> project;
  std::shared_ptr<ov::op::v1::Add> project_bias;
};

/// The node before `node`, if it is of this type and nobody else reads it.
template <typename Type>
std::shared_ptr<Type> only_for(const std::shared_ptr<ov::Node>& node) {
  if (!node) return nullptr;
  const ov::Output<ov::Node> source = node->input_value(0);
  if (source.get_target_inputs().size() != 1) return nullptr;
  return ov::as_type_ptr<Type>(source.get_node_shared_ptr());
}

/// A constant of one value a channel, shaped 1 × channels × 1 × 1.
bool is_bias(const ov::Node& add, std::size_t channels) {
  return add.get_input_partial_shape(1) ==
         ov::PartialShape{1, static_cast<int64_t>(channels), 1, 1};
}

/// What a part of the network that reads no input computes; none where it reads one.
std::optional<Floats> constant_at(const ov::Node& node, std::size_t port) {
  const ov::Output<ov::Node> output = node.input_value(port);
  if (output.get_element_type() != ov::element::f32 || output.get_partial_shape().is_dynamic()) {
    return std::nullopt;
  }
  ov::TensorVector results{ov::Tensor(ov::element::f32, output.get_shape())};
  try {
    const ov::Model part(ov::OutputVector{output}, ov::ParameterVector{});
    if (!part.evaluate(results, {})) return std::nullopt;
  } catch (const ov::Exception&) {
    return std::nullopt;  // it depends on the network's input
  }
  const float* values = results[0].data<float>();
  return Floats(values, values + results[0].get_size());
}

std::optional<Block> block_that_ends_in(const std::shared_ptr<ov::Node>& node) {
  Block block;
  block.project = ov::as_type_ptr<ov::op::v1::Convolution>(node);
  block.depthwise_clamp = only_for<ov::op::v0::Clamp>(block.project);
  block.depthwise_bias = only_for<ov::op::v1::Add>(block.depthwise_clamp);
  block.depthwise = only_for<ov::op::v1::GroupConvolution>(block.depthwise_bias);
  block.expand_clamp = only_for<ov::op::v0::Clamp>(block.depthwise);
  block.expand_bias = only_for<ov::op::v1::Add>(block.expand_clamp);
  block.expand = only_for<ov::op::v1::Convolution>(block.expand_bias);
  if (!block.expand || block.project->output(0).get_target_inputs().size() != 1)
    return std::nullopt;
  const auto& reader = *block.project->output(0).get_target_inputs().begin();
  block.project_bias = ov::as_type_ptr<ov::op::v1::Add>(reader.get_node()->shared_from_this());
  if (!block.project_bias || reader.get_index() != 0) return std::nullopt;

  const ov::Shape last = block.project->get_input_shape(1);
  const std::size_t channels = last[1];
  const ov::Shape middle = block.depthwise->get_input_shape(1);
  const bool is_as_expected =
      last.size() == 4 && last[2] == 1 && last[3] == 1 && middle.size() == 5 &&
      middle[0] == channels && middle[1] == 1 && middle[2] == 1 &&
      block.expand->get_input_shape(1)[0] == channels && is_bias(*block.expand_bias, channels) &&
      is_bias(*block.depthwise_bias, channels) && is_bias(*block.project_bias, last[0]);
  return is_as_expected ? std::optional(block) : std::nullopt;
}

void keep_channels(ov::Node& node, const std::vector<int64_t>& kept, int64_t axis) {
  const auto indices = ov::op::v0::Constant::create(ov::element::i64, {kept.size()}, kept);
  const auto along = ov::op::v0::Constant::create(ov::element::i64, {}, {axis});
  const auto gather = std::make_shared<ov::op::v8::Gather>(node.input_value(1), indices, along);
  node.input(1).replace_source_output(gather);
}

std::size_t shrink(const Block& block) {
  const auto first = constant_at(*block.expand, 1);
  const auto first_bias = constant_at(*block.expand_bias, 1);
  const auto middle_bias = constant_at(*block.depthwise_bias, 1);
  const auto last = constant_at(*block.project, 1);
  const auto last_bias = constant_at(*block.project_bias, 1);
  if (!first || !first_bias || !middle_bias || !last || !last_bias) return 0;

  const ov::op::v0::Clamp& clamp = *block.expand_clamp;
  const ov::op::v0::Clamp& middle_clamp = *block.depthwise_clamp;
  const LivingChannels living =
      living_channels({*first, *first_bias, static_cast<float>(clamp.get_min()),
                       static_cast<float>(clamp.get_max()), *middle_bias,
                       static_cast<float>(middle_clamp.get_min()),
                       static_cast<float>(middle_clamp.get_max()), *last, *last_bias});
  if (living.kept.empty() || living.kept.size() == first_bias->size()) return 0;

  const std::vector<int64_t> kept(living.kept.begin(), living.kept.end());
  keep_channels(*block.expand, kept, 0);
  keep_channels(*block.expand_bias, kept, 1);
  keep_channels(*block.depthwise, kept, 0);
  keep_channels(*block.depthwise_bias, kept, 1);
  keep_channels(*block.project, kept, 1);
  block.project_bias->input(1).replace_source_output(ov::op::v0::Constant::create(
      ov::element::f32, block.project_bias->get_input_shape(1), living.project_bias));
  return first_bias->size() - kept.size();
}

}  // namespace

std::size_t remove_dead_channels(ov::Model& model) {
  std::size_t removed = 0;
  for (const auto& node : model.get_ordered_ops()) {
    if (const auto block = block_that_ends_in(node)) removed += shrink(*block);
  }
  if (removed > 0) model.validate_nodes_and_infer_types();
  return removed;
}

}  // namespace kata
