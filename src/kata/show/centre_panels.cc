// SPDX-License-Identifier: Apache-2.0
#include "kata/show/centre_panels.h"

#include <algorithm>

#include "kata/show/canvas.h"
#include "kata/show/text_painter.h"

namespace kata {

void draw_banner(cv::Mat& canvas, const std::string& text, const Layout& at) {
  if (text.empty()) return;
  TextPainter& painter = text_painter();
  const int widest = at.width() - 2 * at.margin() - 4 * at.padding();
  const int size =
      painter.fitting_size(text, at.px(text.size() <= 2 ? 150 : 64), at.px(24), widest);
  const int width = painter.width(text, size);
  const Box box = {(at.width() - width) / 2 - 2 * at.padding(), at.height() / 2 - size * 6 / 10,
                   width + 4 * at.padding(), size * 12 / 10};
  draw_panel(canvas, box, at.radius(), kPanel, kPanelOpacity);
  painter.draw(canvas, text, (at.width() - width) / 2, box.top + size * 96 / 100, size, kWhite);
}

void draw_help(cv::Mat& canvas, const std::vector<std::pair<std::string, std::string>>& help,
               const Layout& at) {
  if (help.empty()) return;
  TextPainter& painter = text_painter();
  const int size = at.px(20);
  const int line_height = at.px(30);
  int keys = 0;
  int meanings = 0;
  for (const auto& [key, meaning] : help) {
    keys = std::max(keys, painter.width(key, size));
    meanings = std::max(meanings, painter.width(meaning, size));
  }
  const int gap = at.px(20);
  const int width = keys + gap + meanings + 4 * at.padding();
  const int height = line_height * static_cast<int>(help.size()) + 2 * at.padding();
  const Box box = {(at.width() - width) / 2, (at.height() - height) / 2, width, height};
  draw_panel(canvas, box, at.radius(), kPanel, 0.86);
  int baseline = box.top + at.padding() + at.px(22);
  for (const auto& [key, meaning] : help) {
    painter.draw(canvas, key, box.left + 2 * at.padding(), baseline, size, kAmber);
    painter.draw(canvas, meaning, box.left + 2 * at.padding() + keys + gap, baseline, size, kWhite);
    baseline += line_height;
  }
}

void draw_checks(cv::Mat& canvas, const std::vector<CheckLine>& checks, const Layout& at) {
  if (checks.empty()) return;
  TextPainter& painter = text_painter();
  const int size = at.px(19);
  const int advice_size = at.px(16);
  const int mark = at.px(9);
  const int indent = 2 * mark + at.px(10);
  const int widest = std::max(at.px(200), at.width() * 46 / 100 - 2 * at.padding() - indent);
  int inner = at.px(160);
  int height = 2 * at.padding();
  std::vector<std::vector<std::string>> advice;
  for (const CheckLine& line : checks) {
    advice.push_back(line.advice.empty() ? std::vector<std::string>()
                                         : painter.wrapped(line.advice, advice_size, widest, 3));
    inner = std::max(inner, std::min(widest, painter.width(line.text, size)));
    for (const auto& each : advice.back())
      inner = std::max(inner, painter.width(each, advice_size));
    height += at.px(29) + at.px(20) * static_cast<int>(advice.back().size());
  }
  const Box box = {at.margin(), at.margin(), inner + indent + 2 * at.padding(), height};
  draw_panel(canvas, box, at.radius(), kPanel, 0.74);
  int top = box.top + at.padding();
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const CheckLine& line = checks[i];
    const VerdictKind kind = !line.is_good   ? VerdictKind::kOther
                             : *line.is_good ? VerdictKind::kCorrect
                                             : VerdictKind::kIncorrect;
    draw_mark(canvas, kind, box.left + at.padding() + mark, top + at.px(14), mark);
    const int left = box.left + at.padding() + indent;
    const auto text = painter.wrapped(line.text, size, widest, 1);
    if (!text.empty())
      painter.draw(canvas, text.front(), left, top + at.px(21), size,
                   line.is_good ? kWhite : kMuted);
    top += at.px(29);
    for (const auto& each : advice[i]) {
      painter.draw(canvas, each, left, top + at.px(14), advice_size, kAmber);
      top += at.px(20);
    }
  }
}

}  // namespace kata
