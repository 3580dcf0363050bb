// SPDX-License-Identifier: Apache-2.0
#include "kata/tensor/graph_passes.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "kata/core/error.h"

namespace kata {
namespace {

/// A graph's nodes while some of them go.
class Rewriting {
 public:
  explicit Rewriting(Graph& graph)
      : graph_(graph), readers_(readers(graph)), is_gone_(graph.nodes.size(), false) {
    maker_.resize(graph.tensors.size());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) maker_[graph.nodes[i].output] = i;
  }

  ~Rewriting() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
      if (is_gone_[i]) continue;
      if (kept != i) graph_.nodes[kept] = std::move(graph_.nodes[i]);
      ++kept;
    }
    graph_.nodes.resize(kept);
  }
  Rewriting(const Rewriting&) = delete;
  Rewriting& operator=(const Rewriting&) = delete;

  /// The node that computes `tensor` for one reader alone.
  std::optional<std::size_t> only_maker(std::size_t tensor) const {
    return readers_[tensor] == 1 ? maker_[tensor] : std::nullopt;
  }

  GraphNode& node(std::size_t index) { return graph_.nodes[index]; }

  void remove(std::size_t index) { is_gone_[index] = true; }

  /// Node `earlier` takes the place and the name of what `later` gives.
  void move(std::size_t earlier, std::size_t later) {
    GraphNode moved = std::move(graph_.nodes[earlier]);
    moved.output = graph_.nodes[later].output;
    graph_.nodes[later] = std::move(moved);
    remove(earlier);
  }

 private:
  Graph& graph_;
  std::vector<int> readers_;
  std::vector<std::optional<std::size_t>> maker_;
  std::vector<bool> is_gone_;
};

bool is_convolution(const GraphNode& node) {
  return node.operation == Operation::kConv2d || node.operation == Operation::kDepthwiseConv2d;
}

bool has_activation(const GraphNode& node) { return !node.clamp.is_none() || node.slopes; }

/// True where only height and width grow.
bool pads_picture(const Graph& graph, const GraphNode& node) {
  const TensorSizes& from = graph.tensors[node.inputs[0]].sizes;
  const TensorSizes& to = graph.tensors[node.output].sizes;
  return from.size() == 4 && from[0] == to[0] && from[3] == to[3];
}

void join_activation(Rewriting& rewriting, std::size_t index) {
  const GraphNode& activation = rewriting.node(index);
  const auto maker = rewriting.only_maker(activation.inputs[0]);
  if (!maker) return;
  GraphNode& before = rewriting.node(*maker);
  const bool can_activate = is_convolution(before) || before.operation == Operation::kAdd ||
                            before.operation == Operation::kFullyConnected;
  if (!can_activate || has_activation(before)) return;
  before.clamp = activation.clamp;
  before.slopes = activation.slopes;
  rewriting.move(*maker, index);
}

void join_sum(Rewriting& rewriting, std::size_t index) {
  const GraphNode sum = rewriting.node(index);
  for (const std::size_t i : {1u, 0u}) {
    const auto maker = rewriting.only_maker(sum.inputs[i]);
    if (!maker) continue;
    GraphNode& before = rewriting.node(*maker);
    if (before.operation != Operation::kConv2d || before.residual || has_activation(before)) {
      continue;
    }
    before.residual = sum.inputs[1 - i];
    before.clamp = sum.clamp;
    before.slopes = sum.slopes;
    rewriting.move(*maker, index);
    return;
  }
}

}  // namespace

void keep_outputs(Graph& graph, const std::vector<std::size_t>& outputs) {
  std::vector<std::size_t> kept;
  for (const std::size_t output : outputs) {
    KATA_CHECK(output < graph.outputs.size(), "the network has no such output");
    kept.push_back(graph.outputs[output]);
  }
  graph.outputs = std::move(kept);
  std::vector<bool> is_needed(graph.tensors.size(), false);
  for (const std::size_t output : graph.outputs) is_needed[output] = true;
  for (auto node = graph.nodes.rbegin(); node != graph.nodes.rend(); ++node) {
    if (!is_needed[node->output]) continue;
    for (const std::size_t tensor : tensors_read(*node)) is_needed[tensor] = true;
  }
  std::erase_if(graph.nodes, [&](const GraphNode& node) { return !is_needed[node.output]; });
  for (std::size_t i = 0; i < graph.tensors.size(); ++i) {
    if (!is_needed[i]) graph.tensors[i].values = {};
  }
}

void fold_paddings(Graph& graph) {
  Rewriting rewriting(graph);
  for (GraphNode& node : graph.nodes) {
    if (!is_convolution(node)) continue;
    const auto maker = rewriting.only_maker(node.inputs[0]);
    if (!maker) continue;
    const GraphNode& padding = rewriting.node(*maker);
    if (padding.operation != Operation::kPad || !pads_picture(graph, padding)) continue;
    const TensorSizes& from = graph.tensors[padding.inputs[0]].sizes;
    const TensorSizes& to = graph.tensors[padding.output].sizes;
    Margins& margins = node.window.margins;
    margins.top += padding.begin[1];
    margins.left += padding.begin[2];
    margins.bottom += to[1] - from[1] - padding.begin[1];
    margins.right += to[2] - from[2] - padding.begin[2];
    node.inputs[0] = padding.inputs[0];
    rewriting.remove(*maker);
  }
}

void join_nodes(Graph& graph) {
  {
    Rewriting rewriting(graph);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
      if (graph.nodes[i].operation == Operation::kActivation) join_activation(rewriting, i);
    }
  }
  Rewriting rewriting(graph);
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    if (graph.nodes[i].operation == Operation::kAdd) join_sum(rewriting, i);
  }
}

void simplify(Graph& graph) {
  fold_paddings(graph);
  remove_dead_channels(graph);
  join_nodes(graph);
}

}  // namespace kata
