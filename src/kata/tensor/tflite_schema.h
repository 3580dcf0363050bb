// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Numbers of TensorFlow Lite's schema, version 3 (tensorflow/lite/schema/schema.fbs): fields of
/// its tables, and values of its enumerations.
namespace kata::tflite {

inline constexpr const char* kIdentifier = "TFL3";

namespace model {
inline constexpr unsigned kOperatorCodes = 1, kSubgraphs = 2, kBuffers = 4;
}
namespace operator_code {
inline constexpr unsigned kDeprecatedCode = 0, kCode = 3;
}
namespace subgraph {
inline constexpr unsigned kTensors = 0, kInputs = 1, kOutputs = 2, kOperators = 3;
}
namespace tensor {
inline constexpr unsigned kShape = 0, kType = 1, kBuffer = 2, kSparsity = 6;
}
namespace buffer {
inline constexpr unsigned kData = 0;
}
namespace operation {
inline constexpr unsigned kCodeIndex = 0, kInputs = 1, kOutputs = 2, kOptions = 4;
}
namespace sparsity {
inline constexpr unsigned kTraversalOrder = 0, kBlockMap = 1, kDimensions = 2;
}
namespace dimension {
inline constexpr unsigned kFormat = 0, kSegmentsType = 2, kSegments = 3, kIndicesType = 4,
                          kIndices = 5;
inline constexpr int kDense = 0, kSparse = 1;
inline constexpr int kInt32 = 1, kUint16 = 2, kUint8 = 3;  // types of lists of indices
}  // namespace dimension
namespace convolution {  // of both kinds of convolution and of pooling
inline constexpr unsigned kPadding = 0, kStrideX = 1, kStrideY = 2;
inline constexpr int kSame = 0, kValid = 1;
}  // namespace convolution
namespace conv_2d {
inline constexpr unsigned kActivation = 3, kDilationX = 4, kDilationY = 5;
}
namespace depthwise {
inline constexpr unsigned kMultiplier = 3, kActivation = 4, kDilationX = 5, kDilationY = 6;
}
namespace pool {
inline constexpr unsigned kWidth = 3, kHeight = 4, kActivation = 5;
}
namespace add {
inline constexpr unsigned kActivation = 0;
}
namespace concatenation {
inline constexpr unsigned kAxis = 0, kActivation = 1;
}
namespace fully_connected {
inline constexpr unsigned kActivation = 0, kWeightsFormat = 1;
}
namespace resize_bilinear {
inline constexpr unsigned kAlignCorners = 2, kHalfPixelCenters = 3;
}
namespace depth_to_space {
inline constexpr unsigned kBlock = 0;
}
namespace strided_slice {
inline constexpr unsigned kBeginMask = 0, kEndMask = 1, kEllipsisMask = 2, kNewAxisMask = 3,
                          kShrinkAxisMask = 4;
}

namespace type {
inline constexpr int kFloat32 = 0, kFloat16 = 1, kInt32 = 2;
}
namespace activation {
inline constexpr int kNone = 0, kRelu = 1, kReluN1To1 = 2, kRelu6 = 3;
}
namespace code {
inline constexpr int kAdd = 0, kConcatenation = 2, kConv2d = 3, kDepthwiseConv2d = 4,
                     kDepthToSpace = 5, kDequantize = 6, kFullyConnected = 9, kLogistic = 14,
                     kMaxPool2d = 17, kRelu = 19, kReshape = 22, kResizeBilinear = 23, kPad = 34,
                     kMean = 40, kStridedSlice = 45, kPrelu = 54, kDensify = 124;
}

}  // namespace kata::tflite
