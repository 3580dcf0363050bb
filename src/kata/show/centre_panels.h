// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "kata/show/layout.h"
#include "kata/show/overlay.h"

namespace cv {
class Mat;
}

namespace kata {

/// A countdown's number or one word, large in the middle; nothing for an empty text.
void draw_banner(cv::Mat& canvas, const std::string& text, const Layout& at);

/// The keys and what they do, in the middle; nothing for an empty list.
void draw_help(cv::Mat& canvas, const std::vector<std::pair<std::string, std::string>>& help,
               const Layout& at);

/// The points of a camera check, upper left: mark, what was found, and below what to change.
void draw_checks(cv::Mat& canvas, const std::vector<CheckLine>& checks, const Layout& at);

}  // namespace kata
