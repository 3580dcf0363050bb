// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kata {

/// Text made safe to stand in HTML, also inside an attribute.
std::string html_escaped(std::string_view text);

/// A line of a plot: y over x from 0 to 1 in equal steps; NaN leaves a gap.
struct PlotLine {
  std::string css_class;
  std::string name;
  std::vector<double> values;
};

struct Plot {
  std::string title;
  std::string unit;  ///< behind the numbers of the y axis: "°"
  std::vector<PlotLine> lines;
  double shaded_from = 0;  ///< 0–1; a span that is marked, none where both are equal
  double shaded_to = 0;
};

/// The plot as an <svg> element; colours come from the page's style sheet by class.
std::string svg_of(const Plot& plot);

}  // namespace kata
