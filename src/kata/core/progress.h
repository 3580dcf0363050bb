// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

namespace kata {

/// Told how far long work is (0–1) and what it is doing; an empty function means nobody listens.
using Progress = std::function<void(double done, std::string_view doing)>;

}  // namespace kata
