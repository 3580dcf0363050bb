// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "kata/tensor/graph.h"

namespace kata {

/// Keeps these outputs, by their present positions, and the nodes and weights that they need.
void keep_outputs(Graph& graph, const std::vector<std::size_t>& outputs);

/// Zeros around a picture become the margins of the convolution that alone reads it.
void fold_paddings(Graph& graph);

/// Activations and sums become a part of the node before, where nobody else reads what it gives.
void join_nodes(Graph& graph);

/// Takes out channels that cannot change what the network gives (tensor/dead_channels.h); returns
/// how many.
std::size_t remove_dead_channels(Graph& graph);

/// All of them.
void simplify(Graph& graph);

}  // namespace kata
