// SPDX-License-Identifier: Apache-2.0
#include "kata/tensor/graph_from_tflite.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "kata/core/error.h"
#include "kata/tensor/graph_passes.h"
#include "kata/tensor/tflite_schema.h"
#include "kata/tensor/tflite_tensors.h"

namespace kata {
namespace {

/// Of all weights together; a damaged file may name the same data again and again.
constexpr std::size_t kMostWeights = std::size_t{1} << 26;

[[noreturn]] void damaged(const char* what) { throw Error(ErrorCode::kCorrupt, what); }
[[noreturn]] void unsupported(const std::string& what) {
  throw Error(ErrorCode::kUnsupported, what);
}

Clamp clamp_of(int activation) {
  switch (activation) {
    case tflite::activation::kNone:
      return {};
    case tflite::activation::kRelu:
      return {.low = 0};
    case tflite::activation::kReluN1To1:
      return {.low = -1, .high = 1};
    case tflite::activation::kRelu6:
      return {.low = 0, .high = 6};
    default:
      unsupported("it uses activation " + std::to_string(activation));
  }
}

FlatTable subgraph_of(const FlatTable& model) {
  const auto subgraphs = model.tables(tflite::model::kSubgraphs);
  if (subgraphs.size() != 1) unsupported("it is not one network alone");
  return subgraphs.front();
}

/// Reads the operators in the file's order, in which each comes after those it depends on.
class GraphReader {
 public:
  explicit GraphReader(std::span<const std::uint8_t> file)
      : model_(FlatTable::root(file, tflite::kIdentifier)),
        subgraph_(subgraph_of(model_)),
        codes_(model_.tables(tflite::model::kOperatorCodes)),
        tensors_(model_, subgraph_),
        same_as_(tensors_.count()),
        is_computed_(tensors_.count(), false) {
    graph_.tensors.resize(tensors_.count());
    for (std::size_t i = 0; i < same_as_.size(); ++i) same_as_[i] = i;
  }

  Graph read() {
    const auto inputs = subgraph_.values<int>(tflite::subgraph::kInputs);
    if (inputs.size() != 1) unsupported("it does not have one input");
    graph_.input = known(inputs[0]);
    begin(graph_.input);
    for (const FlatTable& operation : subgraph_.tables(tflite::subgraph::kOperators)) {
      read_operator(operation);
    }
    for (const int output : subgraph_.values<int>(tflite::subgraph::kOutputs)) {
      graph_.outputs.push_back(computed(output));
    }
    if (graph_.outputs.empty()) damaged("it has no output");
    return std::move(graph_);
  }

 private:
  using Options = std::optional<FlatTable>;

  std::size_t known(int tensor) const {
    if (tensor < 0 || static_cast<std::size_t>(tensor) >= tensors_.count()) {
      damaged("it names a tensor that it does not have");
    }
    return static_cast<std::size_t>(tensor);
  }

  std::size_t computed(int tensor) const {
    const std::size_t index = known(tensor);
    if (!is_computed_[index]) damaged("it uses a tensor before it is computed");
    return index;
  }

  /// From here on `tensor` can be read.
  void begin(std::size_t tensor) {
    if (is_computed_[tensor] || tensors_.has_data(tensor)) damaged("it computes a tensor twice");
    is_computed_[tensor] = true;
    graph_.tensors[tensor].sizes = tensors_.sizes(tensor);
  }

  std::size_t constant(int tensor) {
    const std::size_t index = known(tensor);
    GraphTensor& weights = graph_.tensors[index];
    if (weights.is_constant()) return index;
    const std::size_t source = same_as_[index];
    if (!tensors_.has_data(source)) unsupported("it computes its weights");
    weights.sizes = tensors_.sizes(index);
    weights_ += volume(weights.sizes);
    if (weights_ > kMostWeights) damaged("it has impossibly many weights");
    weights.values = tensors_.floats(source);
    if (weights.values.size() != volume(weights.sizes)) damaged("its weights change their size");
    return index;
  }

  std::size_t zeros(std::size_t count) {
    graph_.tensors.push_back({{static_cast<int>(count)}, std::vector<float>(count, 0.0f)});
    return graph_.tensors.size() - 1;
  }

  std::vector<int> integers(int tensor) const { return tensors_.integers(known(tensor)); }

  static int option(const Options& options, unsigned field, int fallback) {
    return options ? options->scalar<std::int32_t>(field, fallback) : fallback;
  }
  static int small_option(const Options& options, unsigned field) {
    return options ? options->scalar<std::int8_t>(field, 0) : 0;
  }

  int code_of(const FlatTable& operation) const {
    const auto index = operation.scalar<std::uint32_t>(tflite::operation::kCodeIndex, 0);
    if (index >= codes_.size()) damaged("it uses an operation that it does not list");
    const FlatTable& code = codes_[index];
    // Files of before 2020 have the code in the first field, which holds small ones only.
    return std::max<int>(code.scalar<std::int8_t>(tflite::operator_code::kDeprecatedCode, 0),
                         code.scalar<std::int32_t>(tflite::operator_code::kCode, 0));
  }

  void read_operator(const FlatTable& operation) {
    const int code = code_of(operation);
    const auto inputs = operation.values<int>(tflite::operation::kInputs);
    const auto outputs = operation.values<int>(tflite::operation::kOutputs);
    if (inputs.empty() || outputs.size() != 1) damaged("an operation has no input or output");
    const std::size_t output = known(outputs[0]);
    if (code == tflite::code::kDequantize || code == tflite::code::kDensify) {
      same_as_[output] = same_as_[known(inputs[0])];
      return;
    }
    GraphNode node;
    node.output = output;
    const Options options = operation.table(tflite::operation::kOptions);
    read_node(node, code, inputs, options);
    begin(output);
    if (output_sizes(graph_, node) != graph_.tensors[output].sizes) {
      damaged("an operation gives other sizes than it says");
    }
    graph_.nodes.push_back(std::move(node));
  }

  using Reading = void (GraphReader::*)(GraphNode&, const std::vector<int>&, const Options&);
  struct Kind {
    int code;
    Operation operation;
    std::size_t inputs;  ///< least number of them
    Reading read;
  };

  void read_node(GraphNode& node, int code, const std::vector<int>& inputs,
                 const Options& options) {
    static constexpr std::array<Kind, 16> kKinds = {{
        {tflite::code::kAdd, Operation::kAdd, 2, &GraphReader::read_add},
        {tflite::code::kConcatenation, Operation::kConcatenation, 1,
         &GraphReader::read_concatenation},
        {tflite::code::kConv2d, Operation::kConv2d, 2, &GraphReader::read_conv_2d},
        {tflite::code::kDepthwiseConv2d, Operation::kDepthwiseConv2d, 2,
         &GraphReader::read_depthwise},
        {tflite::code::kDepthToSpace, Operation::kDepthToSpace, 1,
         &GraphReader::read_depth_to_space},
        {tflite::code::kFullyConnected, Operation::kFullyConnected, 2,
         &GraphReader::read_fully_connected},
        {tflite::code::kLogistic, Operation::kLogistic, 1, &GraphReader::read_plain},
        {tflite::code::kMaxPool2d, Operation::kMaxPool2d, 1, &GraphReader::read_pool},
        {tflite::code::kRelu, Operation::kActivation, 1, &GraphReader::read_relu},
        {tflite::code::kReshape, Operation::kReshape, 1, &GraphReader::read_plain},
        {tflite::code::kResizeBilinear, Operation::kResizeBilinear, 1, &GraphReader::read_resize},
        {tflite::code::kPad, Operation::kPad, 2, &GraphReader::read_pad},
        {tflite::code::kMean, Operation::kMean, 2, &GraphReader::read_mean},
        {tflite::code::kStridedSlice, Operation::kStridedSlice, 4, &GraphReader::read_slice},
        {tflite::code::kPrelu, Operation::kActivation, 2, &GraphReader::read_prelu},
    }};
    const auto kind = std::find_if(kKinds.begin(), kKinds.end(), [code](const Kind& known) {
      return known.read != nullptr && known.code == code;
    });
    if (kind == kKinds.end()) unsupported("it uses operation " + std::to_string(code));
    if (inputs.size() < kind->inputs) damaged("an operation has too few inputs");
    node.operation = kind->operation;
    node.inputs.push_back(computed(inputs[0]));
    (this->*kind->read)(node, inputs, options);
  }

  void read_plain(GraphNode&, const std::vector<int>&, const Options&) {}

  void read_add(GraphNode& node, const std::vector<int>& inputs, const Options& options) {
    node.inputs.push_back(computed(inputs[1]));
    node.clamp = clamp_of(small_option(options, tflite::add::kActivation));
  }

  void read_concatenation(GraphNode& node, const std::vector<int>& inputs, const Options& options) {
    for (std::size_t i = 1; i < inputs.size(); ++i) node.inputs.push_back(computed(inputs[i]));
    node.axis = option(options, tflite::concatenation::kAxis, 0);
    if (node.axis < 0) node.axis += static_cast<int>(tensors_.sizes(node.inputs[0]).size());
    if (small_option(options, tflite::concatenation::kActivation) != tflite::activation::kNone) {
      unsupported("it joins tensors with an activation");
    }
  }

  void read_weights(GraphNode& node, const std::vector<int>& inputs) {
    node.inputs.push_back(constant(inputs[1]));
    if (inputs.size() > 2 && inputs[2] >= 0) {
      node.inputs.push_back(constant(inputs[2]));
      return;
    }
    const TensorSizes& sizes = graph_.tensors[node.inputs[1]].sizes;
    if (sizes.empty()) damaged("an operation's weights have no size");
    const bool is_depthwise = node.operation == Operation::kDepthwiseConv2d;
    node.inputs.push_back(zeros(static_cast<std::size_t>(is_depthwise ? sizes.back() : sizes[0])));
  }

  void read_strides(GraphNode& node, const Options& options) {
    KernelWindow& window = node.window;
    window.stride_x = option(options, tflite::convolution::kStrideX, 0);
    window.stride_y = option(options, tflite::convolution::kStrideY, 0);
    constexpr int kMostSteps = 64;
    if (std::min(window.stride_x, window.stride_y) < 1 ||
        std::max(window.stride_x, window.stride_y) > kMostSteps) {
      damaged("an operation has an impossible stride");
    }
    const TensorSizes& picture = graph_.tensors[node.inputs[0]].sizes;
    if (small_option(options, tflite::convolution::kPadding) == tflite::convolution::kSame) {
      window.margins = margins_for_same(picture, window);
    }
  }

  void read_convolution(GraphNode& node, const std::vector<int>& inputs, const Options& options,
                        std::array<unsigned, 2> dilations) {
    read_weights(node, inputs);
    const TensorSizes& weights = graph_.tensors[node.inputs[1]].sizes;
    if (weights.size() != 4) damaged("a convolution's weights do not have four dimensions");
    node.window.height = weights[1];
    node.window.width = weights[2];
    for (const unsigned dilation : dilations) {
      if (option(options, dilation, 1) != 1) unsupported("it has a dilated convolution");
    }
    read_strides(node, options);
  }

  void read_conv_2d(GraphNode& node, const std::vector<int>& inputs, const Options& options) {
    using namespace tflite::conv_2d;
    read_convolution(node, inputs, options, {kDilationX, kDilationY});
    node.clamp = clamp_of(small_option(options, kActivation));
  }

  void read_depthwise(GraphNode& node, const std::vector<int>& inputs, const Options& options) {
    using namespace tflite::depthwise;
    if (option(options, kMultiplier, 0) > 1) unsupported("it multiplies channels");
    read_convolution(node, inputs, options, {kDilationX, kDilationY});
    node.clamp = clamp_of(small_option(options, kActivation));
  }

  void read_pool(GraphNode& node, const std::vector<int>&, const Options& options) {
    node.window.width = option(options, tflite::pool::kWidth, 0);
    node.window.height = option(options, tflite::pool::kHeight, 0);
    constexpr int kLargest = 256;
    if (std::min(node.window.width, node.window.height) < 1 ||
        std::max(node.window.width, node.window.height) > kLargest) {
      damaged("a pooling has an impossible size");
    }
    read_strides(node, options);
    node.clamp = clamp_of(small_option(options, tflite::pool::kActivation));
  }

  void read_fully_connected(GraphNode& node, const std::vector<int>& inputs,
                            const Options& options) {
    read_weights(node, inputs);
    node.clamp = clamp_of(small_option(options, tflite::fully_connected::kActivation));
    if (small_option(options, tflite::fully_connected::kWeightsFormat) != 0) {
      unsupported("it has weights in another order");
    }
  }

  void read_depth_to_space(GraphNode& node, const std::vector<int>&, const Options& options) {
    node.block = option(options, tflite::depth_to_space::kBlock, 0);
  }

  void read_relu(GraphNode& node, const std::vector<int>&, const Options&) { node.clamp.low = 0; }

  void read_prelu(GraphNode& node, const std::vector<int>& inputs, const Options&) {
    node.slopes = constant(inputs[1]);
  }

  void read_resize(GraphNode& node, const std::vector<int>&, const Options& options) {
    node.has_half_pixels = small_option(options, tflite::resize_bilinear::kHalfPixelCenters) != 0;
    if (small_option(options, tflite::resize_bilinear::kAlignCorners) != 0) {
      unsupported("it resizes pictures with aligned corners");
    }
  }

  void read_pad(GraphNode& node, const std::vector<int>& inputs, const Options&) {
    const std::vector<int> margins = integers(inputs[1]);
    const TensorSizes& from = graph_.tensors[node.inputs[0]].sizes;
    const TensorSizes to = tensors_.sizes(node.output);
    if (margins.size() != 2 * from.size() || to.size() != from.size()) {
      damaged("the sizes of a padding do not fit");
    }
    for (std::size_t i = 0; i < from.size(); ++i) {
      const int before = margins[2 * i];
      const int after = margins[2 * i + 1];
      if (before < 0 || after < 0 || before > to[i] - from[i] ||
          after != to[i] - from[i] - before) {
        damaged("the sizes of a padding do not fit");
      }
      node.begin.push_back(before);
    }
  }

  void read_mean(GraphNode&, const std::vector<int>& inputs, const Options&) {
    std::vector<int> axes = integers(inputs[1]);
    std::sort(axes.begin(), axes.end());
    if (axes != std::vector{1, 2}) unsupported("it takes means over other axes than a picture's");
  }

  void read_slice(GraphNode& node, const std::vector<int>& inputs, const Options& options) {
    using namespace tflite::strided_slice;
    for (const unsigned mask : {kEllipsisMask, kNewAxisMask, kShrinkAxisMask}) {
      if (option(options, mask, 0) != 0) unsupported("it slices tensors in an unusual way");
    }
    const std::vector<int> strides = integers(inputs[3]);
    if (std::any_of(strides.begin(), strides.end(), [](int stride) { return stride != 1; })) {
      unsupported("it leaves out values between those of a slice");
    }
    node.begin = integers(inputs[1]);
    const int from_start = option(options, kBeginMask, 0);
    for (std::size_t i = 0; i < node.begin.size() && i < 31; ++i) {
      if ((from_start >> i & 1) != 0) node.begin[i] = 0;
    }
  }

  FlatTable model_;
  FlatTable subgraph_;
  std::vector<FlatTable> codes_;
  TfliteTensors tensors_;
  std::vector<std::size_t> same_as_;  ///< the tensor that has the data of each
  std::vector<bool> is_computed_;
  std::size_t weights_ = 0;
  Graph graph_;
};

}  // namespace

Graph graph_from_tflite(std::span<const std::uint8_t> file,
                        const std::vector<std::size_t>& outputs) {
  Graph graph = GraphReader(file).read();
  if (!outputs.empty()) keep_outputs(graph, outputs);
  return graph;
}

}  // namespace kata
