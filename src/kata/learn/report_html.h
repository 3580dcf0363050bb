// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace kata {

/// The report as one HTML page that needs nothing else. Throws Error{kCorrupt} for JSON that is not
/// a report.
std::string report_html(std::string_view report_json, std::string_view title);

}  // namespace kata
