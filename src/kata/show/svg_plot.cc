// SPDX-License-Identifier: Apache-2.0
#include "kata/show/svg_plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace kata {
namespace {

constexpr double kWidth = 320;
constexpr double kHeight = 150;
constexpr double kLeft = 42;
constexpr double kRight = 8;
constexpr double kTop = 22;
constexpr double kBottom = 22;

struct Range {
  double low = 0;
  double high = 1;
};

/// A little wider than the values, so that lines do not run along the frame.
Range range_of(const Plot& plot) {
  Range range{HUGE_VAL, -HUGE_VAL};
  for (const PlotLine& line : plot.lines) {
    for (const double value : line.values) {
      if (!std::isfinite(value)) continue;
      range.low = std::min(range.low, value);
      range.high = std::max(range.high, value);
    }
  }
  if (range.low > range.high) return {0, 1};
  const double margin =
      std::max(0.08 * (range.high - range.low), 1e-3 + 0.01 * std::abs(range.high));
  return {range.low - margin, range.high + margin};
}

double x_of(double share) { return kLeft + share * (kWidth - kLeft - kRight); }

double y_of(double value, const Range& range) {
  return kTop + (range.high - value) / (range.high - range.low) * (kHeight - kTop - kBottom);
}

std::string short_number(double value) {
  return std::abs(value) >= 10 ? fmt::format("{:.0f}", value) : fmt::format("{:.2g}", value);
}

/// Straight pieces through the values; a gap starts a new piece.
std::string path_of(const std::vector<double>& values, const Range& range) {
  std::string path;
  bool is_pen_down = false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) {
      is_pen_down = false;
      continue;
    }
    const double share =
        values.size() > 1 ? static_cast<double>(i) / static_cast<double>(values.size() - 1) : 0;
    fmt::format_to(std::back_inserter(path), "{}{:.1f} {:.1f}", is_pen_down ? "L" : "M",
                   x_of(share), y_of(values[i], range));
    is_pen_down = true;
  }
  return path;
}

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string svg_of(const Plot& plot) {
  const Range range = range_of(plot);
  std::string svg;
  const auto out = std::back_inserter(svg);
  fmt::format_to(out, R"(<svg viewBox="0 0 {} {}" role="img" aria-label="{}">)", kWidth, kHeight,
                 html_escaped(plot.title));
  if (plot.shaded_to > plot.shaded_from) {
    const double from = x_of(std::clamp(plot.shaded_from, 0.0, 1.0));
    const double to = x_of(std::clamp(plot.shaded_to, 0.0, 1.0));
    fmt::format_to(out, R"(<rect class="shade" x="{:.1f}" y="{}" width="{:.1f}" height="{}"/>)",
                   from, kTop, to - from, kHeight - kTop - kBottom);
  }
  fmt::format_to(out, R"(<text class="head" x="{}" y="14">{}</text>)", kLeft,
                 html_escaped(plot.title));
  for (const double value : {range.low, (range.low + range.high) / 2, range.high}) {
    const double y = y_of(value, range);
    fmt::format_to(out, R"(<line class="grid" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>)", kLeft,
                   kWidth - kRight, y, y);
    fmt::format_to(out, R"(<text class="tick" x="{}" y="{:.1f}" text-anchor="end">{}{}</text>)",
                   kLeft - 5, y + 4, short_number(value), html_escaped(plot.unit));
  }
  for (const int percent : {0, 50, 100}) {
    fmt::format_to(out, R"(<text class="tick" x="{:.1f}" y="{}" text-anchor="{}">{} %</text>)",
                   x_of(percent / 100.0), kHeight - 6,
                   percent == 0 ? "start" : (percent == 100 ? "end" : "middle"), percent);
  }
  for (const PlotLine& line : plot.lines) {
    fmt::format_to(out, R"(<path class="line {}" d="{}"><title>{}</title></path>)",
                   html_escaped(line.css_class), path_of(line.values, range),
                   html_escaped(line.name));
  }
  svg += "</svg>";
  return svg;
}

}  // namespace kata
