// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <utility>

#include "kata/tensor/dead_channels.h"
#include "kata/tensor/graph_passes.h"

namespace kata {
namespace {

/// Positions of a block's nodes.
struct Block {
  std::size_t expand;
  std::size_t depthwise;
  std::size_t project;
};

class BlockSearch {
 public:
  explicit BlockSearch(const Graph& graph) : graph_(graph), readers_(readers(graph)) {
    maker_.resize(graph.tensors.size());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) maker_[graph.nodes[i].output] = i;
  }

  std::optional<Block> block_that_ends_in(std::size_t project) const {
    const GraphNode& last = graph_.nodes[project];
    if (!is_plain(last, Operation::kConv2d) || last.window.height != 1 || last.window.width != 1) {
      return std::nullopt;
    }
    const auto depthwise = only_maker(last, Operation::kDepthwiseConv2d);
    if (!depthwise) return std::nullopt;
    const auto expand = only_maker(graph_.nodes[*depthwise], Operation::kConv2d);
    if (!expand) return std::nullopt;
    return Block{*expand, *depthwise, project};
  }

 private:
  static bool is_plain(const GraphNode& node, Operation operation) {
    return node.operation == operation && !node.residual && !node.slopes;
  }

  std::optional<std::size_t> only_maker(const GraphNode& reader, Operation operation) const {
    const std::size_t tensor = reader.inputs[0];
    if (readers_[tensor] != 1 || !maker_[tensor]) return std::nullopt;
    return is_plain(graph_.nodes[*maker_[tensor]], operation) ? maker_[tensor] : std::nullopt;
  }

  const Graph& graph_;
  std::vector<int> readers_;
  std::vector<std::optional<std::size_t>> maker_;
};

const std::vector<float>& values(const Graph& graph, std::size_t node, std::size_t input) {
  return graph.tensors[graph.nodes[node].inputs[input]].values;
}

/// Replaces input `input` of a node; the old tensor may be another node's too.
void replace(Graph& graph, std::size_t node, std::size_t input, GraphTensor tensor) {
  graph.nodes[node].inputs[input] = graph.tensors.size();
  graph.tensors.push_back(std::move(tensor));
}

/// Keeps rows ([kept, …]) or columns ([…, kept]) of what a node reads.
void keep(Graph& graph, std::size_t node, std::size_t input, std::size_t axis,
          const std::vector<std::size_t>& kept) {
  const GraphTensor& whole = graph.tensors[graph.nodes[node].inputs[input]];
  const auto length = static_cast<std::size_t>(whole.sizes[axis]);
  const bool is_row = axis == 0;
  const std::size_t width = is_row ? whole.values.size() / length : 1;
  const std::size_t groups = whole.values.size() / (length * width);
  GraphTensor part{whole.sizes, {}};
  part.sizes[axis] = static_cast<int>(kept.size());
  part.values.reserve(groups * kept.size() * width);
  for (std::size_t group = 0; group < groups; ++group) {
    for (const std::size_t index : kept) {
      const auto from =
          whole.values.begin() + static_cast<std::ptrdiff_t>((group * length + index) * width);
      part.values.insert(part.values.end(), from, from + static_cast<std::ptrdiff_t>(width));
    }
  }
  replace(graph, node, input, std::move(part));
}

std::size_t shrink(Graph& graph, const Block& block) {
  const Clamp& first = graph.nodes[block.expand].clamp;
  const Clamp& middle = graph.nodes[block.depthwise].clamp;
  const std::size_t channels = values(graph, block.expand, 2).size();
  const LivingChannels living =
      living_channels({values(graph, block.expand, 1), values(graph, block.expand, 2), first.low,
                       first.high, values(graph, block.depthwise, 2), middle.low, middle.high,
                       values(graph, block.project, 1), values(graph, block.project, 2)});
  if (living.kept.empty() || living.kept.size() == channels) return 0;
  keep(graph, block.expand, 1, 0, living.kept);
  keep(graph, block.expand, 2, 0, living.kept);
  keep(graph, block.depthwise, 1, 3, living.kept);
  keep(graph, block.depthwise, 2, 0, living.kept);
  keep(graph, block.project, 1, 3, living.kept);
  replace(graph, block.project, 2,
          {{static_cast<int>(living.project_bias.size())}, living.project_bias});
  for (const std::size_t node : {block.expand, block.depthwise}) {
    graph.tensors[graph.nodes[node].output].sizes[3] = static_cast<int>(living.kept.size());
  }
  return channels - living.kept.size();
}

}  // namespace

std::size_t remove_dead_channels(Graph& graph) {
  std::vector<Block> blocks;
  const BlockSearch search(graph);
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    if (const auto block = search.block_that_ends_in(i)) blocks.push_back(*block);
  }
  std::size_t removed = 0;
  for (const Block& block : blocks) removed += shrink(graph, block);
  return removed;
}

}  // namespace kata
