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

}  // namespace kata
