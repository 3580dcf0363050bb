// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace kata {

/// A repetition's moments side by side as stick figures, as SVG; empty where there are none.
std::string figure_svg(const nlohmann::json& moments);

/// Accuracy against the number of repetitions taught, as SVG.
std::string curve_svg(const nlohmann::json& learning_curve);

}  // namespace kata
