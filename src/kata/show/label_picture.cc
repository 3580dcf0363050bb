// SPDX-License-Identifier: Apache-2.0
#include "kata/show/label_picture.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "kata/core/error.h"
#include "kata/show/canvas.h"
#include "kata/show/skeleton.h"
#include "kata/show/speed_text.h"
#include "kata/show/text_painter.h"

namespace kata {
namespace {

constexpr int kWidth = 1120;
constexpr int kPictureHeight = 560;
constexpr int kPanelHeight = 196;
constexpr int kMargin = 20;
constexpr Box kTimeline = {kMargin, kPictureHeight + 50, kWidth - 2 * kMargin, 62};
constexpr Colour kGround = {30, 33, 41};
constexpr Colour kTrack = {44, 49, 60};
constexpr Colour kCurve = {84, 93, 112};

cv::Scalar bgr(Colour colour) { return cv::Scalar(colour.blue, colour.green, colour.red); }

Colour colour_of(Label label) { return label == Label::kCorrect ? kGreen : kRed; }

/// Where the picture lies: as large as fits, in the middle.
cv::Rect place_of(const ImageView& picture) {
  const double scale = std::min(static_cast<double>(kWidth) / picture.width,
                                static_cast<double>(kPictureHeight) / picture.height);
  const int width = std::max(1, static_cast<int>(picture.width * scale));
  const int height = std::max(1, static_cast<int>(picture.height * scale));
  return {(kWidth - width) / 2, (kPictureHeight - height) / 2, width, height};
}

void draw_frame(cv::Mat& canvas, const ImageView& picture, const Landmarks& landmarks) {
  KATA_CHECK(picture.format == PixelFormat::kBgr, "pictures of a take are BGR");
  const cv::Mat pixels(picture.height, picture.width, CV_8UC3,
                       const_cast<std::uint8_t*>(picture.data), picture.row_stride);
  cv::Mat area = canvas(place_of(picture));
  cv::resize(pixels, area, area.size(), 0, 0, cv::INTER_LINEAR);
  draw_skeleton(area, landmarks, {}, {false, 2});
}

/// Frames of the take to px of the timeline.
class Timeline {
 public:
  Timeline(cv::Mat& canvas, const LabelScene& scene) : canvas_(canvas), scene_(scene) {}

  void draw() {
    draw_panel(canvas_, kTimeline, 8, kTrack, 1);
    draw_motion();
    for (const LabelSpan& span : scene_.spans) draw_span(span);
    if (scene_.open) draw_open(*scene_.open);
    if (scene_.edge) draw_edge(*scene_.edge);
    draw_cursor();
  }

 private:
  int x_of(std::size_t frame) const {
    const double share =
        static_cast<double>(frame) / static_cast<double>(std::max<std::size_t>(1, scene_.frames));
    return kTimeline.left + cvRound(share * kTimeline.width);
  }
  Box box_of(std::size_t first, std::size_t last) const {
    const int left = x_of(first);
    return {left, kTimeline.top + 8, std::max(3, x_of(last + 1) - left - 1), kTimeline.height - 16};
  }

  void draw_motion() {
    if (scene_.motion.empty()) return;
    const float highest = *std::ranges::max_element(scene_.motion);
    if (!(highest > 0)) return;
    for (int x = 0; x < kTimeline.width; ++x) {
      const auto index = static_cast<std::size_t>(x) * scene_.motion.size() / kTimeline.width;
      const double share = std::sqrt(std::clamp(scene_.motion[index] / highest, 0.0F, 1.0F));
      const int height = cvRound(share * (kTimeline.height - 12));
      const int left = kTimeline.left + x;
      cv::line(canvas_, {left, kTimeline.bottom() - 6}, {left, kTimeline.bottom() - 6 - height},
               bgr(kCurve));
    }
  }

  void draw_span(const LabelSpan& span) {
    const Box box = box_of(span.first, span.last);
    const bool is_other = !span.movement.empty();
    draw_panel(canvas_, box, 5, is_other ? kGrey : colour_of(span.label),
               span.is_selected ? 0.95 : 0.6);
    if (span.is_selected) {
      cv::rectangle(canvas_, cv::Rect(box.left - 2, box.top - 3, box.width + 4, box.height + 6),
                    bgr(kWhite), 2, cv::LINE_AA);
    }
    const int radius = std::min(11, box.width / 2 - 2);
    if (radius < 5) return;
    draw_mark(canvas_,
              span.label == Label::kCorrect ? VerdictKind::kCorrect : VerdictKind::kIncorrect,
              box.left + box.width / 2, box.top + box.height / 2, radius);
  }

  void draw_open(const LabelSpan& span) {
    const auto [first, last] = std::minmax(span.first, scene_.frame);
    const Box box = box_of(first, last);
    draw_panel(canvas_, box, 5, colour_of(span.label), 0.45);
    cv::rectangle(canvas_, cv::Rect(box.left, box.top, box.width, box.height),
                  bgr(colour_of(span.label)), 2, cv::LINE_AA);
  }

  void draw_edge(std::size_t frame) {
    const int x = x_of(frame);
    const std::array<cv::Point, 3> below = {cv::Point(x - 8, kTimeline.bottom() + 11),
                                            cv::Point(x + 8, kTimeline.bottom() + 11),
                                            cv::Point(x, kTimeline.bottom() - 2)};
    cv::fillConvexPoly(canvas_, below, bgr(kAmber), cv::LINE_AA);
  }

  void draw_cursor() {
    const int x = (x_of(scene_.frame) + x_of(scene_.frame + 1)) / 2;
    cv::line(canvas_, {x, kTimeline.top - 8}, {x, kTimeline.bottom() + 6}, bgr(kWhite), 2,
             cv::LINE_AA);
    const std::array<cv::Point, 3> head = {cv::Point(x - 7, kTimeline.top - 12),
                                           cv::Point(x + 7, kTimeline.top - 12),
                                           cv::Point(x, kTimeline.top - 1)};
    cv::fillConvexPoly(canvas_, head, bgr(kWhite), cv::LINE_AA);
  }

  cv::Mat& canvas_;
  const LabelScene& scene_;
};

/// Movement and counts on the left, moment and speed on the right.
void draw_status(cv::Mat& canvas, const LabelScene& scene) {
  const auto count = [&](Label label) {
    return std::ranges::count_if(scene.spans, [&](const LabelSpan& span) {
      return span.movement.empty() && span.label == label;
    });
  };
  TextPainter& text = text_painter();
  const int baseline = kPictureHeight + 29;
  const std::string name = text.wrapped(scene.movement, 21, 420, 1).front();
  text.draw(canvas, name, kMargin, baseline, 21, kWhite);
  int left = kMargin + text.width(name, 21) + 22;
  for (const auto& [label, word] :
       {std::pair{Label::kCorrect, "right"}, {Label::kIncorrect, "wrong"}}) {
    const std::string counted = fmt::format("{} {}", count(label), word);
    text.draw(canvas, counted, left, baseline, 18, colour_of(label));
    left += text.width(counted, 18) + 18;
  }
  const std::string moment =
      fmt::format("{:.2f} s   frame {} of {}   {}{}   {}", scene.time_s, scene.frame + 1,
                  scene.frames, speed_text(scene.speed), scene.is_looping ? "   loop" : "",
                  scene.is_playing ? "playing" : "paused");
  text.draw(canvas, moment, kWidth - kMargin - text.width(moment, 17), baseline, 17, kMuted);
}

void draw_message(cv::Mat& canvas, const LabelScene& scene) {
  TextPainter& text = text_painter();
  const int baseline = kTimeline.bottom() + 37;
  if (scene.typing) {
    const std::string prompt = "mistake: " + *scene.typing + "_";
    text.draw(canvas, prompt, kMargin, baseline, 20, kAmber);
    const std::string keys = "Enter takes it, Esc leaves it, up and down: earlier names";
    text.draw(canvas, keys, kWidth - kMargin - text.width(keys, 16), baseline, 16, kMuted);
    return;
  }
  const auto selected = std::ranges::find_if(scene.spans, &LabelSpan::is_selected);
  std::string about;
  if (selected != scene.spans.end()) {
    about = fmt::format("repetition {} of {}: {}", selected - scene.spans.begin() + 1,
                        scene.spans.size(), selected->label == Label::kCorrect ? "right" : "wrong");
    if (!selected->mistake.empty()) about += ", " + selected->mistake;
    if (!selected->movement.empty()) about += " (" + selected->movement + ")";
  }
  for (const std::string& line : text.wrapped(about, 17, 500, 1)) {
    text.draw(canvas, line, kWidth - kMargin - text.width(line, 17), baseline, 17, kMuted);
  }
  for (const std::string& line : text.wrapped(scene.message, 18, kWidth - 2 * kMargin - 540, 1)) {
    text.draw(canvas, line, kMargin, baseline, 18, kAmber);
  }
}

void draw_keys(cv::Mat& canvas) {
  static constexpr std::array<std::pair<const char*, const char*>, 13> kKeys = {
      {{"r", "right"},
       {"w", "wrong"},
       {"s", "stop"},
       {"space", "play"},
       {"← →", "frame"},
       {"↑ ↓", "jump"},
       {"[ ]", "move edge"},
       {"m", "mistake"},
       {"x", "delete"},
       {"u", "undo"},
       {"- +", "speed"},
       {"l", "loop"},
       {"q", "quit"}}};
  TextPainter& text = text_painter();
  const int baseline = kPictureHeight + kPanelHeight - 14;
  int left = kMargin;
  for (const auto& [key, what] : kKeys) {
    text.draw(canvas, key, left, baseline, 14, kWhite);
    left += text.width(key, 14) + 5;
    text.draw(canvas, what, left, baseline, 14, kGrey);
    left += text.width(what, 14) + 13;
  }
}

}  // namespace

Image draw_labels(const ImageView& picture, const Landmarks& landmarks, const LabelScene& scene) {
  Image image(kWidth, kPictureHeight + kPanelHeight, PixelFormat::kBgr);
  cv::Mat canvas(image.height(), image.width(), CV_8UC3, image.data());
  canvas = bgr(kPanel);
  canvas(cv::Rect(0, kPictureHeight, kWidth, kPanelHeight)) = bgr(kGround);
  if (!picture.is_empty()) draw_frame(canvas, picture, landmarks);
  draw_status(canvas, scene);
  Timeline(canvas, scene).draw();
  draw_message(canvas, scene);
  draw_keys(canvas);
  return image;
}

}  // namespace kata
