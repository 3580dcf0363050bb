// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "kata/core/image.h"
#include "kata/landmark/rect.h"

namespace kata {

enum class Border {
  kZero,       ///< outside the image is black
  kReplicate,  ///< outside the image is its nearest pixel
};

/// What a network wants to see: a square of RGB floats, NHWC.
struct TensorShape {
  int size = 0;    ///< pixels a side
  float low = 0;   ///< value of black
  float high = 1;  ///< value of white
  Border border = Border::kReplicate;
};

/// Samples `rect` of the image into `tensor` (size × size × 3) in one pass, whatever the pixel
/// format.
///
/// Bilinear at 1/32 px steps and rounded to 8 bits, without a half-pixel offset, as MediaPipe's CPU
/// path does it through cv::warpPerspective (mediapipe/calculators/tensor/
/// image_to_tensor_converter_opencv.cc): exact sampling moves body landmarks by half a pixel.
/// A rect that is not finite, or absurdly far away, gives a black tensor.
void crop_to_tensor(const ImageView& image, const RectInImage& rect, const TensorShape& shape,
                    std::span<float> tensor);

/// The smallest centred square around the whole image: what detectors look at.
RectInImage whole_image_square(const ImageView& image);

}  // namespace kata
