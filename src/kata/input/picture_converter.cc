// SPDX-License-Identifier: Apache-2.0
#include "kata/input/picture_converter.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "kata/input/deinterlace.h"

extern "C" {
#include <libavutil/frame.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>
}

namespace kata {
namespace {

// The converter may write beyond a row's end: rows are padded to so many pixels.
constexpr int kPadding = 64;

struct FreeScaler {
  void operator()(SwsContext* p) const { sws_freeContext(p); }
};

/// Where a picture of this size can be written, one row to spare.
cv::Mat room_for(PictureSize size) {
  const int padded_width = (size.width + kPadding - 1) / kPadding * kPadding;
  const cv::Mat padded(size.height + 1, padded_width, CV_8UC3);
  return padded(cv::Rect(0, 0, size.width, size.height));
}

/// Every second row of a picture, from `first` on; 0 and a step of 1 are all.
struct RowSet {
  int first = 0;
  int step = 1;
};

/// Fields have colours of their own: where those cannot be told apart, the frame is converted
/// whole.
bool has_separate_fields(const AVFrame& frame) {
  const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
  if (format == nullptr || (format->flags & AV_PIX_FMT_FLAG_PAL) != 0) return false;
  return frame.height % (2 << format->log2_chroma_h) == 0;
}

cv::Mat upright(const cv::Mat& stored, const Orientation& orientation) {
  cv::Mat turned = stored;
  if (orientation.is_transposed) cv::transpose(stored, turned);
  if (!orientation.flips_x && !orientation.flips_y) return turned;
  cv::Mat flipped;
  const int code = orientation.flips_x ? (orientation.flips_y ? -1 : 1) : 0;
  cv::flip(turned, flipped, code);
  return flipped;
}

}  // namespace

PictureSize shown_size(PictureSize stored, const PictureShape& shape) {
  const PictureSize square = square_size(stored, shape.pixel_ratio);
  return shape.orientation.is_transposed ? PictureSize{square.height, square.width} : square;
}

struct PictureConverter::Impl {
  std::unique_ptr<SwsContext, FreeScaler> whole_scaler;
  std::unique_ptr<SwsContext, FreeScaler> field_scaler;

  bool scale(const AVFrame& frame, cv::Mat& into, const RowSet& rows);
  cv::Mat progressive(const AVFrame& frame, PictureSize size);
  cv::Mat interlaced(const AVFrame& frame, PictureSize size);
};

/// The frame's rows as BGR. Converted as OpenCV's own reader does (BT.601 unless the format says
/// otherwise), because the reference landmarks were made through it.
bool PictureConverter::Impl::scale(const AVFrame& frame, cv::Mat& into, const RowSet& rows) {
  auto& scaler = rows.step == 1 ? whole_scaler : field_scaler;
  const int height = frame.height / rows.step;
  scaler.reset(sws_getCachedContext(
      scaler.release(), frame.width, height, static_cast<AVPixelFormat>(frame.format), into.cols,
      into.rows / rows.step, AV_PIX_FMT_BGR24, SWS_BICUBIC, nullptr, nullptr, nullptr));
  if (!scaler) return false;
  const std::uint8_t* from[4] = {};
  int from_strides[4] = {};
  for (int plane = 0; plane < 4 && frame.data[plane] != nullptr; ++plane) {
    from[plane] = frame.data[plane] + rows.first * frame.linesize[plane];
    from_strides[plane] = frame.linesize[plane] * rows.step;
  }
  std::uint8_t* const to[4] = {into.ptr(rows.first)};  // the converter reads all four
  const int to_strides[4] = {static_cast<int>(into.step) * rows.step};
  return sws_scale(scaler.get(), from, from_strides, 0, height, to, to_strides) > 0;
}

cv::Mat PictureConverter::Impl::progressive(const AVFrame& frame, PictureSize size) {
  cv::Mat picture = room_for(size);
  return scale(frame, picture, {}) ? picture : cv::Mat();
}

/// The picture of the field that was taken first.
cv::Mat PictureConverter::Impl::interlaced(const AVFrame& frame, PictureSize size) {
  cv::Mat picture = room_for({frame.width, frame.height});
  const bool is_converted = has_separate_fields(frame)
                                ? scale(frame, picture, {0, 2}) && scale(frame, picture, {1, 2})
                                : scale(frame, picture, {});
  if (!is_converted) return {};
  deinterlace(
      {picture.data, picture.step, static_cast<std::size_t>(picture.cols) * 3, picture.rows},
      frame.top_field_first != 0 ? Field::kTop : Field::kBottom);
  if (size.width == picture.cols && size.height == picture.rows) return picture;
  cv::Mat square;
  cv::resize(picture, square, cv::Size(size.width, size.height), 0, 0, cv::INTER_CUBIC);
  return square;
}

PictureConverter::PictureConverter() : impl_(std::make_unique<Impl>()) {}
PictureConverter::~PictureConverter() = default;

std::shared_ptr<const Image> PictureConverter::convert(const AVFrame& frame,
                                                       const PictureShape& shape) {
  const PictureSize size = square_size({frame.width, frame.height}, shape.pixel_ratio);
  const cv::Mat stored = frame.interlaced_frame != 0 ? impl_->interlaced(frame, size)
                                                     : impl_->progressive(frame, size);
  if (stored.empty()) return nullptr;
  const cv::Mat picture = upright(stored, shape.orientation);
  const ImageView view{picture.data, picture.cols, picture.rows, picture.step, PixelFormat::kBgr};
  return std::make_shared<const Image>(view);
}

}  // namespace kata
