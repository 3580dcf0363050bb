// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/report_pictures.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "kata/learn/report_figure.h"

namespace kata {
namespace {

using Json = nlohmann::json;

std::string whole(double value) { return std::to_string(std::lround(value)); }

/// Attributes of a line between two points.
std::string line(double x1, double y1, double x2, double y2) {
  return "<line x1=" + whole(x1) + " y1=" + whole(y1) + " x2=" + whole(x2) + " y2=" + whole(y2) +
         " />";
}

std::string moment_svg(const Json& points, double centre_x, double centre_y) {
  constexpr double kScale = 0.25;  // pixels for a hundredth of a body unit
  const auto x = [&](std::size_t k) { return centre_x + kScale * points[k][0].get<double>(); };
  const auto y = [&](std::size_t k) { return centre_y + kScale * points[k][1].get<double>(); };
  std::string svg;
  for (const auto& [from, to] : StickFigure::kLines) {
    if (points.at(from).is_null() || points.at(to).is_null()) continue;
    svg += line(x(from), y(from), x(to), y(to));
  }
  if (!points.at(0).is_null()) {
    svg += "<circle cx=" + whole(x(0)) + " cy=" + whole(y(0)) + " r=7 />";
  }
  return svg;
}

}  // namespace

std::string figure_svg(const Json& moments) {
  if (moments.empty()) return {};
  constexpr int kStep = 76;
  constexpr int kHeight = 110;
  std::string svg = "<svg class=figure role=img aria-label=\"the repetition in " +
                    std::to_string(moments.size()) + " moments\" viewBox=\"0 0 " +
                    std::to_string(kStep * static_cast<int>(moments.size())) + " " +
                    std::to_string(kHeight) + "\" height=" + std::to_string(kHeight) + ">";
  double centre_x = kStep / 2.0;
  for (const Json& moment : moments) {
    svg += moment_svg(moment, centre_x, 0.5 * kHeight);
    centre_x += kStep;
  }
  return svg + "</svg>";
}

std::string curve_svg(const Json& curve) {
  if (curve.size() < 2) return {};
  constexpr double kLeft = 50;
  constexpr double kRight = 380;
  constexpr double kTop = 10;
  constexpr double kBottom = 150;
  const double most = curve.back()["k"].get<double>();
  const auto x = [&](const Json& point) {
    return kLeft + (kRight - kLeft) * std::log(point["k"].get<double>() / 2) / std::log(most / 2);
  };
  const auto y = [&](double share) { return kBottom - (kBottom - kTop) * (share - 0.5) / 0.5; };
  std::string svg =
      "<svg class=curve role=img aria-label=\"accuracy by repetitions taught\" "
      "viewBox=\"0 0 400 180\" width=400>";
  for (const double share : {0.5, 0.75, 1.0}) {
    svg += line(kLeft, y(share), kRight, y(share)) + "<text x=44 y=" + whole(y(share) + 4) +
           " text-anchor=end>" + whole(100 * share) + " %</text>";
  }
  std::string path;
  for (const Json& point : curve) {
    const double height = y(std::max(0.5, point["accuracy"].get<double>()));
    path += (path.empty() ? "M" : "L") + whole(x(point)) + " " + whole(height);
    svg += "<circle cx=" + whole(x(point)) + " cy=" + whole(height) +
           " r=4 /><text x=" + whole(x(point)) + " y=170 text-anchor=middle>" +
           whole(point["k"].get<double>()) + "</text>";
  }
  return svg + "<path d=\"" + path + "\" /></svg>";
}

}  // namespace kata
