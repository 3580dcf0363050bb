// SPDX-License-Identifier: Apache-2.0
#include "kata/tensor/graph.h"

namespace kata {

std::size_t volume(const TensorSizes& sizes) {
  std::size_t product = 1;
  for (const int size : sizes) product *= static_cast<std::size_t>(size);
  return product;
}

std::vector<std::size_t> tensors_read(const GraphNode& node) {
  std::vector<std::size_t> read = node.inputs;
  if (node.residual) read.push_back(*node.residual);
  if (node.slopes) read.push_back(*node.slopes);
  return read;
}

std::vector<int> readers(const Graph& graph) {
  std::vector<int> count(graph.tensors.size(), 0);
  for (const GraphNode& node : graph.nodes) {
    for (const std::size_t tensor : tensors_read(node)) ++count[tensor];
  }
  for (const std::size_t tensor : graph.outputs) ++count[tensor];
  return count;
}

}  // namespace kata
