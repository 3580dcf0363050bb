// SPDX-License-Identifier: Apache-2.0
#include "kata/show/overlay.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "kata/core/error.h"
#include "kata/show/canvas.h"
#include "kata/show/centre_panels.h"
#include "kata/show/layout.h"
#include "kata/show/skeleton.h"
#include "kata/show/text_painter.h"

namespace kata {
namespace {

constexpr int kSmallestHeight = 480;
constexpr std::size_t kStripLength = 10;

cv::Mat bgr_of(const ImageView& picture) {
  const int type = CV_8UC(channels(picture.format));
  // The view is only read.
  const cv::Mat given(picture.height, picture.width, type, const_cast<std::uint8_t*>(picture.data),
                      picture.row_stride);
  cv::Mat result;
  switch (picture.format) {
    case PixelFormat::kGray:
      cv::cvtColor(given, result, cv::COLOR_GRAY2BGR);
      return result;
    case PixelFormat::kRgb:
      cv::cvtColor(given, result, cv::COLOR_RGB2BGR);
      return result;
    case PixelFormat::kBgr:
      return given;
    case PixelFormat::kRgba:
      cv::cvtColor(given, result, cv::COLOR_RGBA2BGR);
      return result;
    case PixelFormat::kBgra:
      cv::cvtColor(given, result, cv::COLOR_BGRA2BGR);
      return result;
  }
  return given;
}

/// The canvas: the picture, mirrored and enlarged where asked, in memory of its own.
Image canvas_of(const ImageView& picture, bool is_mirrored) {
  const cv::Mat given = bgr_of(picture);
  const double scale = std::max(1.0, static_cast<double>(kSmallestHeight) / given.rows);
  // Even sizes: videos store colour at half resolution.
  const auto even = [](double size) { return std::max(2, cvRound(size / 2) * 2); };
  const int width = scale > 1 ? even(given.cols * scale) : given.cols;
  const int height = scale > 1 ? even(given.rows * scale) : given.rows;
  Image image(width, height, PixelFormat::kBgr);
  cv::Mat canvas(height, width, CV_8UC3, image.data());
  cv::Mat turned = given;
  if (is_mirrored && scale > 1) cv::flip(given, turned, 1);
  if (scale > 1) {
    cv::resize(turned, canvas, canvas.size(), 0, 0, cv::INTER_LINEAR);
  } else if (is_mirrored) {
    cv::flip(given, canvas, 1);
  } else {
    given.copyTo(canvas);
  }
  return image;
}

std::string with_spaces(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string word_of(const Verdict& verdict) {
  switch (verdict.kind) {
    case VerdictKind::kCorrect:
      return "right";
    case VerdictKind::kIncorrect:
      return verdict.mistake ? "wrong: " + with_spaces(*verdict.mistake) : "wrong";
    case VerdictKind::kUnsure:
      return "not sure";
    case VerdictKind::kOther:
      return "not this movement";
  }
  return {};
}

/// Score of the last verdict as a ring, and the counts below it. Gives the box it took.
Box draw_score(cv::Mat& canvas, const OverlayScene& scene, const Layout& at) {
  if (!scene.with_score) return {canvas.cols - at.margin(), at.margin(), 0, 0};
  TextPainter& text = text_painter();
  const int ring = at.px(34);
  const int count_size = at.px(24);
  const int mark = at.px(10);
  const std::string right = std::to_string(scene.correct);
  const std::string wrong = std::to_string(scene.incorrect);
  const int gap = at.px(6);
  const int counts_width = 4 * mark + 2 * gap + at.px(14) + text.width(right, count_size) +
                           text.width(wrong, count_size);
  const int inner = std::max(counts_width, 2 * ring + at.px(8));
  const Box box = {canvas.cols - at.margin() - inner - 2 * at.padding(), at.margin(),
                   inner + 2 * at.padding(), 2 * at.padding() + 2 * ring + at.px(44)};
  draw_panel(canvas, box, at.radius(), kPanel, kPanelOpacity);

  const int x = box.left + box.width / 2;
  const int y = box.top + at.padding() + ring + at.px(3);
  const bool has_score = scene.verdict && scene.verdict->kind != VerdictKind::kOther;
  const int score = has_score ? std::clamp(scene.verdict->score, 0, 100) : 0;
  draw_ring(canvas, x, y, ring, score / 100.0, has_score ? colour_of(scene.verdict->kind) : kGrey);
  const std::string number = has_score ? std::to_string(score) : "–";
  const int size = at.px(number.size() > 2 && has_score ? 24 : 30);
  text.draw(canvas, number, x - text.width(number, size) / 2, y + cvRound(size * 0.36), size,
            kWhite);

  int left = x - counts_width / 2;
  const int row = box.bottom() - at.padding() - at.px(10);
  const auto draw_count = [&](VerdictKind kind, const std::string& count) {
    draw_mark(canvas, kind, left + mark, row, mark);
    left += 2 * mark + gap;
    text.draw(canvas, count, left, row + cvRound(count_size * 0.36), count_size, kWhite);
    left += text.width(count, count_size) + at.px(14);
  };
  draw_count(VerdictKind::kCorrect, right);
  draw_count(VerdictKind::kIncorrect, wrong);
  return box;
}

/// The movement's name in the verdict's colour, the mark and the word, and how far along it is.
void draw_title(cv::Mat& canvas, const OverlayScene& scene, const Layout& at, int right_limit) {
  const bool has_phase = scene.phase >= 0 && !scene.cannot_see;
  const bool has_mark = scene.verdict || scene.cannot_see;
  if (scene.movement.empty() && !has_mark && !has_phase) return;
  TextPainter& text = text_painter();
  const int mark = has_mark ? at.px(25) : 0;
  const int mark_space = has_mark ? 2 * mark + at.px(12) : 0;
  // Not over the face, which is in the middle of most pictures.
  const int limit = std::min(right_limit, std::max(at.width() * 42 / 100, at.px(320)));
  const int widest = limit - 2 * at.margin() - 2 * at.padding() - mark_space;
  const std::string name = with_spaces(scene.movement);
  std::string word = scene.verdict ? word_of(*scene.verdict) : std::string();
  if (scene.cannot_see) word = "cannot see you";

  const int name_size = text.fitting_size(name, at.px(36), at.px(20), widest);
  const int word_size = text.fitting_size(word, at.px(26), at.px(17), widest);
  const auto name_lines = text.wrapped(name, name_size, widest, 2);
  const auto word_lines = text.wrapped(word, word_size, widest, 2);
  const int line_height = cvRound(word_size * 1.25);

  int inner = at.px(120);
  for (const auto& line : name_lines) inner = std::max(inner, text.width(line, name_size));
  for (const auto& line : word_lines) inner = std::max(inner, text.width(line, word_size));
  inner = std::min(inner, widest) + mark_space;
  const int name_height = cvRound(name_size * 1.2);
  const int text_height = std::max(name_height * static_cast<int>(name_lines.size()) +
                                       line_height * static_cast<int>(word_lines.size()),
                                   2 * mark);
  const int bar_height = at.px(10);
  const int bar_space = has_phase ? bar_height + at.px(10) : 0;
  const Box box = {at.margin(), at.margin(), inner + 2 * at.padding(),
                   text_height + bar_space + 2 * at.padding()};
  draw_panel(canvas, box, at.radius(), kPanel, kPanelOpacity);

  Colour colour = scene.verdict ? colour_of(scene.verdict->kind) : kWhite;
  if (scene.cannot_see) colour = kAmber;
  const int left = box.left + at.padding() + mark_space;
  int top = box.top + at.padding();
  const int mark_x = box.left + at.padding() + mark;
  if (scene.cannot_see) {
    draw_unseen_mark(canvas, mark_x, top + text_height / 2, mark);
  } else if (scene.verdict) {
    draw_mark(canvas, scene.verdict->kind, mark_x, top + text_height / 2, mark);
  }
  for (const auto& line : name_lines) {
    text.draw(canvas, line, left, top + cvRound(name_size * 0.9), name_size, colour);
    top += name_height;
  }
  for (const auto& line : word_lines) {
    text.draw(canvas, line, left, top + cvRound(word_size * 0.95), word_size, kWhite);
    top += line_height;
  }
  if (has_phase) {
    draw_bar(canvas,
             {box.left + at.padding(), box.bottom() - at.padding() - bar_height, inner, bar_height},
             scene.phase, kWhite);
  }
}

/// What the learner should do, in at most two lines; gives the top of what it took.
int draw_hint(cv::Mat& canvas, const OverlayScene& scene, const Layout& at) {
  const int bottom = at.height() - at.margin();
  if (scene.hint.empty()) return bottom;
  TextPainter& text = text_painter();
  const int widest = at.width() - 2 * at.margin() - 2 * at.padding();
  const int size = text.fitting_size(scene.hint, at.px(28), at.px(23), widest);
  const auto lines = text.wrapped(scene.hint, size, widest, 2);
  const int line_height = cvRound(size * 1.3);
  int inner = 0;
  for (const auto& line : lines) inner = std::max(inner, text.width(line, size));
  const int height = line_height * static_cast<int>(lines.size()) + at.padding() * 3 / 2;
  const Box box = {(at.width() - inner) / 2 - at.padding(), bottom - height,
                   inner + 2 * at.padding(), height};
  draw_panel(canvas, box, at.radius(), kPanel, kPanelOpacity);
  int baseline = box.top + at.padding() * 3 / 4 + cvRound(size * 0.98);
  for (const auto& line : lines) {
    text.draw(canvas, line, (at.width() - text.width(line, size)) / 2, baseline, size, kWhite);
    baseline += line_height;
  }
  return box.top;
}

void draw_strip(cv::Mat& canvas, const OverlayScene& scene, const Layout& at, int bottom) {
  if (!scene.with_score || scene.recent.empty()) return;
  const std::size_t shown = std::min(scene.recent.size(), kStripLength);
  const int radius = at.px(9);
  const int step = 2 * radius + at.px(5);
  const Box box = {at.margin(), bottom - 2 * radius - at.px(12),
                   static_cast<int>(shown) * step - at.px(5) + at.px(16), 2 * radius + at.px(12)};
  draw_panel(canvas, box, box.height / 2, kPanel, kPanelOpacity);
  int x = box.left + at.px(8) + radius;
  for (std::size_t i = scene.recent.size() - shown; i < scene.recent.size(); ++i, x += step) {
    draw_mark(canvas, scene.recent[i], x, box.top + box.height / 2, radius);
  }
}

void draw_speed(cv::Mat& canvas, const OverlayScene& scene, const Layout& at, int bottom) {
  std::string speed;
  if (scene.frame_rate_hz > 0) speed = std::to_string(std::lround(scene.frame_rate_hz)) + " fps";
  if (scene.latency_ms > 0) {
    speed += (speed.empty() ? "" : " · ") + std::to_string(std::lround(scene.latency_ms)) + " ms";
  }
  if (speed.empty()) return;
  TextPainter& text = text_painter();
  const int size = at.px(14);
  const int width = text.width(speed, size);
  const Box box = {at.width() - at.margin() - width - at.px(16), bottom - at.px(24),
                   width + at.px(16), at.px(24)};
  draw_panel(canvas, box, box.height / 2, kPanel, kPanelOpacity);
  text.draw(canvas, speed, box.left + at.px(8), box.top + at.px(17), size, kMuted);
}

}  // namespace

Image draw_overlay(const ImageView& picture, const OverlayScene& scene) {
  KATA_CHECK(!picture.is_empty(), "there is a picture to draw over");
  Image image = canvas_of(picture, scene.is_mirrored);
  cv::Mat canvas(image.height(), image.width(), CV_8UC3, image.data());
  const Layout at(canvas.cols, canvas.rows);
  const SkeletonStyle style = {scene.is_mirrored, std::max(2, at.px(2)),
                               scene.is_coloured_by_error};
  if (scene.ghost) draw_ghost(canvas, *scene.ghost, style);
  draw_skeleton(canvas, scene.landmarks, scene.joint_errors, style);

  const Box score = draw_score(canvas, scene, at);
  draw_title(canvas, scene, at, score.left);
  const int top_of_hint = draw_hint(canvas, scene, at);
  const int above = scene.hint.empty() ? top_of_hint : top_of_hint - at.px(8);
  draw_strip(canvas, scene, at, above);
  draw_speed(canvas, scene, at, above);
  draw_checks(canvas, scene.checks, at);
  if (scene.help.empty()) draw_banner(canvas, scene.banner, at);  // both lie in the middle
  draw_help(canvas, scene.help, at);
  return image;
}

}  // namespace kata
