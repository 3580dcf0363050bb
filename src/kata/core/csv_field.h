// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace kata {

/// The field as CSV writes it, in quotes where it needs them.
std::string csv_field(std::string_view text);

}  // namespace kata
