// SPDX-License-Identifier: Apache-2.0
#include "kata/tensor/program.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "kata/core/error.h"
#include "kata/tensor/convolution.h"
#include "kata/tensor/depthwise.h"
#include "kata/tensor/layers.h"
#include "kata/tensor/memory_plan.h"

namespace kata {
namespace {

/// 512 MiB; the largest of MediaPipe's networks needs 10.
constexpr std::size_t kMostMemory = std::size_t{1} << 27;

using Step = std::function<void(float*)>;

PictureSizes picture(const TensorSizes& sizes) {
  return {static_cast<std::size_t>(sizes[1]), static_cast<std::size_t>(sizes[2]),
          static_cast<std::size_t>(sizes[3])};
}

/// A pixel's, a row's or a list's values, over which slopes and activations go.
std::size_t channels_of(const TensorSizes& sizes) {
  return sizes.empty() ? 1 : static_cast<std::size_t>(sizes.back());
}

}  // namespace

/// Lays out the memory, then makes a step of each node.
class ProgramBuilder {
 public:
  ProgramBuilder(Graph graph, Program& program)
      : graph_(std::move(graph)), readers_(readers(graph_)), program_(program) {}

  void build() {
    lay_out();
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
      const GraphNode& node = graph_.nodes[i];
      if (Step step = step_of(node, i)) program_.steps_.push_back(std::move(step));
      for (const std::size_t tensor : tensors_read(node)) {
        if (readers_[tensor] == 1) graph_.tensors[tensor].values = {};  // the step has its own
      }
    }
    program_.input_ = part(graph_.input);
    for (const std::size_t output : graph_.outputs) program_.outputs_.push_back(part(output));
  }

 private:
  const TensorSizes& sizes(std::size_t tensor) const { return graph_.tensors[tensor].sizes; }
  std::span<const float> values(std::size_t tensor) const { return graph_.tensors[tensor].values; }
  MemoryPart part(std::size_t tensor) const { return {place(tensor), volume(sizes(tensor))}; }
  std::size_t place(std::size_t tensor) const { return plan_.places[need_of_[tensor]]; }
  std::size_t scratch_place(std::size_t node) const { return plan_.places[scratch_of_[node]]; }

  /// Needs: the input, what each node gives (a reshape gives what it got), and its scratch.
  void lay_out() {
    const std::size_t end = graph_.nodes.size();
    std::vector<MemoryNeed> needs;
    need_of_.resize(graph_.tensors.size());
    need_of_[graph_.input] = 0;
    needs.push_back({volume(sizes(graph_.input)), 0, end});
    for (std::size_t i = 0; i < end; ++i) {
      const GraphNode& node = graph_.nodes[i];
      if (node.operation == Operation::kReshape) {
        need_of_[node.output] = need_of_[node.inputs[0]];
      } else {
        need_of_[node.output] = needs.size();
        needs.push_back({volume(sizes(node.output)), i, i});
      }
      for (const std::size_t tensor : tensors_read(node)) {
        if (graph_.tensors[tensor].is_constant()) continue;
        std::size_t& last = needs[need_of_[tensor]].last;
        last = std::max(last, i);
      }
      scratch_of_.push_back(needs.size());
      needs.push_back({scratch(node), i, i});
    }
    for (const std::size_t output : graph_.outputs) needs[need_of_[output]].last = end;
    plan_ = plan_memory(needs);
    if (plan_.floats > kMostMemory) {
      throw Error(ErrorCode::kCorrupt, "it needs impossibly much memory");
    }
    program_.memory_ = plan_.floats;
  }

  std::size_t scratch(const GraphNode& node) const {
    const TensorSizes& in = sizes(node.inputs[0]);
    if (node.operation == Operation::kConv2d) {
      return Convolution::scratch(picture(in), node.window);
    }
    if (node.operation == Operation::kDepthwiseConv2d) {
      return DepthwiseConvolution::scratch(picture(in), node.window);
    }
    return 0;
  }

  std::span<const float> slopes(const GraphNode& node) const {
    return node.slopes ? values(*node.slopes) : std::span<const float>();
  }

  Matrix matrix(const GraphNode& node) const {
    return {values(node.inputs[1]), values(node.inputs[2]), slopes(node)};
  }

  void count(const GraphNode& node) {
    const std::size_t channels = channels_of(sizes(node.output));
    program_.multiplications_ +=
        volume(sizes(node.output)) * (values(node.inputs[1]).size() / channels);
  }

  Step step_of(const GraphNode& node, std::size_t index) {
    switch (node.operation) {
      case Operation::kActivation:
      case Operation::kAdd:
        return activation(node);
      case Operation::kConcatenation:
        return concatenation(node);
      case Operation::kConv2d:
        return convolution(node, index);
      case Operation::kDepthToSpace:
        return depth_to_space_step(node);
      case Operation::kDepthwiseConv2d:
        return depthwise(node, index);
      case Operation::kFullyConnected:
        return fully_connected(node);
      case Operation::kLogistic:
        return [in = part(node.inputs[0]), out = place(node.output)](float* memory) {
          logistic({memory + in.begin, in.count}, memory + out);
        };
      case Operation::kMaxPool2d:
        return pool(node);
      case Operation::kMean:
        return [in = place(node.inputs[0]), from = picture(sizes(node.inputs[0])),
                out = place(node.output)](float* memory) {
          mean_of_picture(memory + in, from, memory + out);
        };
      case Operation::kPad:
        return padding(node);
      case Operation::kReshape:
        return nullptr;
      case Operation::kResizeBilinear:
        return resize(node);
      case Operation::kStridedSlice:
        return copy(node, {sizes(node.output), sizes(node.inputs[0]), node.begin,
                           sizes(node.output), origin(node)});
    }
    return nullptr;
  }

  std::vector<int> origin(const GraphNode& node) const {
    return std::vector<int>(sizes(node.output).size(), 0);
  }

  Step copy(const GraphNode& node, Extent box) const {
    return [box = std::move(box), in = place(node.inputs[0]),
            out = place(node.output)](float* memory) { copy_box(memory + in, box, memory + out); };
  }

  Step activation(const GraphNode& node) const {
    const bool is_sum = node.operation == Operation::kAdd;
    const auto factors = slopes(node);
    return
        [is_sum, in = part(node.inputs[0]), other = place(node.inputs[is_sum ? 1 : 0]),
         channels = channels_of(sizes(node.output)), out = place(node.output), clamp = node.clamp,
         owned = std::vector<float>(factors.begin(), factors.end())](float* memory) {
          activate({memory + in.begin, in.count}, is_sum ? memory + other : nullptr, channels,
                   {clamp, owned.empty() ? nullptr : owned.data()}, memory + out);
        };
  }

  Step concatenation(const GraphNode& node) const {
    std::vector<std::pair<std::size_t, Extent>> parts;
    const auto axis = static_cast<std::size_t>(node.axis);
    std::vector<int> begin = origin(node);
    for (const std::size_t input : node.inputs) {
      parts.emplace_back(place(input),
                         Extent{sizes(input), sizes(input), origin(node), sizes(node.output), begin});
      begin[axis] += sizes(input)[axis];
    }
    return [parts = std::move(parts), out = place(node.output)](float* memory) {
      for (const auto& [in, box] : parts) copy_box(memory + in, box, memory + out);
    };
  }

  Step convolution(const GraphNode& node, std::size_t index) {
    count(node);
    return [layer = Convolution(picture(sizes(node.inputs[0])), picture(sizes(node.output)),
                                node.window, matrix(node), node.clamp),
            in = place(node.inputs[0]), out = place(node.output), scratch = scratch_place(index),
            residual = node.residual ? std::optional(place(*node.residual))
                                     : std::nullopt](float* memory) {
      layer.run(memory + in, residual ? memory + *residual : nullptr, memory + out,
                memory + scratch);
    };
  }

  Step depthwise(const GraphNode& node, std::size_t index) {
    count(node);
    return [layer = DepthwiseConvolution(
                picture(sizes(node.inputs[0])), picture(sizes(node.output)), node.window,
                {values(node.inputs[1]), values(node.inputs[2]), slopes(node)}, node.clamp),
            in = place(node.inputs[0]), out = place(node.output), scratch = scratch_place(index)](
               float* memory) { layer.run(memory + in, memory + out, memory + scratch); };
  }

  Step depth_to_space_step(const GraphNode& node) const {
    return [from = picture(sizes(node.inputs[0])), block = static_cast<std::size_t>(node.block),
            in = place(node.inputs[0]), out = place(node.output)](float* memory) {
      depth_to_space(memory + in, from, block, memory + out);
    };
  }

  Step fully_connected(const GraphNode& node) {
    count(node);
    return [layer = matrix(node), clamp = node.clamp, in = place(node.inputs[0]),
            out = place(node.output)](float* memory) {
      multiply({memory + in, layer.inputs(), 1}, layer, clamp, nullptr, memory + out);
    };
  }

  Step pool(const GraphNode& node) const {
    return [from = picture(sizes(node.inputs[0])), to = picture(sizes(node.output)),
            window = node.window, clamp = node.clamp, in = place(node.inputs[0]),
            out = place(node.output)](float* memory) {
      max_pool(memory + in, from, window, clamp, to, memory + out);
    };
  }

  Step padding(const GraphNode& node) const {
    const TensorSizes& from = sizes(node.inputs[0]);
    Step copying =
        copy(node, {from, from, std::vector<int>(from.size(), 0), sizes(node.output), node.begin});
    return [copying = std::move(copying), out = part(node.output)](float* memory) {
      std::fill_n(memory + out.begin, out.count, 0.0f);
      copying(memory);
    };
  }

  Step resize(const GraphNode& node) const {
    return [from = picture(sizes(node.inputs[0])), to = picture(sizes(node.output)),
            has_half_pixels = node.has_half_pixels, in = place(node.inputs[0]),
            out = place(node.output)](float* memory) {
      resize_bilinear(memory + in, from, has_half_pixels, to, memory + out);
    };
  }

  Graph graph_;
  std::vector<int> readers_;
  Program& program_;
  std::vector<std::size_t> need_of_;     // by tensor
  std::vector<std::size_t> scratch_of_;  // by node
  MemoryPlan plan_;
};

Program::Program(Graph graph) { ProgramBuilder(std::move(graph), *this).build(); }

void Program::run(float* memory) const {
  for (const auto& step : steps_) step(memory);
}

}  // namespace kata
