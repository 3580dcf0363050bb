// SPDX-License-Identifier: Apache-2.0
#include "kata/show/comparison_picture.h"

#include <opencv2/imgproc.hpp>

#include "kata/show/canvas.h"
#include "kata/show/text_painter.h"

namespace kata {
namespace {

constexpr int kWidth = 1080;
constexpr int kTop = 52;
constexpr int kPanelHeight = 520;
constexpr int kHeadingHeight = 56;
constexpr int kGap = 12;
constexpr int kMargin = 20;
constexpr int kHeight = kTop + kPanelHeight + 88;
constexpr Colour kGround = {30, 33, 41};

void draw_figure_panel(cv::Mat& canvas, const FigurePanel& panel, const Box& box) {
  draw_panel(canvas, box, 10, kGround, 1);
  const int height = box.height - kHeadingHeight - 8;
  const Image figure = draw_figure(panel.landmarks, panel.view, box.width - 16, height);
  const cv::Mat pixels(figure.height(), figure.width(), CV_8UC3,
                       const_cast<std::uint8_t*>(figure.data()));
  pixels.copyTo(canvas(cv::Rect(box.left + 8, box.top + kHeadingHeight, box.width - 16, height)));
  TextPainter& text = text_painter();
  const bool is_right = panel.label == Label::kCorrect;
  const int radius = 15;
  draw_mark(canvas, is_right ? VerdictKind::kCorrect : VerdictKind::kIncorrect,
            box.left + 14 + radius, box.top + 14 + radius, radius);
  const int left = box.left + 28 + 2 * radius;
  const int widest = box.right() - left - 12;
  for (const std::string& line : text.wrapped(panel.heading, 18, widest, 1)) {
    text.draw(canvas, line, left, box.top + 26, 18, kWhite);
  }
  for (const std::string& line : text.wrapped(panel.text, 16, widest, 1)) {
    text.draw(canvas, line, left, box.top + 47, 16, is_right ? kGreen : kRed);
  }
}

}  // namespace

Image draw_comparison(const ComparisonScene& scene) {
  Image image(kWidth, kHeight, PixelFormat::kBgr);
  cv::Mat canvas(kHeight, kWidth, CV_8UC3, image.data());
  canvas = cv::Scalar(kPanel.blue, kPanel.green, kPanel.red);
  TextPainter& text = text_painter();
  for (const std::string& line : text.wrapped(scene.movement, 22, kWidth - 2 * kMargin, 1)) {
    text.draw(canvas, line, kMargin, 34, 22, kWhite);
  }
  const int half = (kWidth - 2 * kMargin - kGap) / 2;
  const int left = scene.right ? kMargin : (kWidth - half) / 2;
  draw_figure_panel(canvas, scene.left, {left, kTop, half, kPanelHeight});
  if (scene.right)
    draw_figure_panel(canvas, *scene.right, {kMargin + half + kGap, kTop, half, kPanelHeight});
  const int bar_top = kTop + kPanelHeight + 16;
  draw_bar(canvas, {kMargin, bar_top, kWidth - 2 * kMargin, 8}, scene.phase, kWhite);
  const int baseline = bar_top + 44;
  text.draw(canvas, scene.keys, kMargin, baseline, 16, kGrey);
  text.draw(canvas, scene.status, kWidth - kMargin - text.width(scene.status, 16), baseline, 16,
            kMuted);
  return image;
}

}  // namespace kata
