// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/core.h>

#include <cstdio>

#include "kata/show/text_painter.h"

namespace kata {

/// Says once that letters of a name have no font here; to be called after drawing.
inline void print_font_warning() {
  if (const auto warning = text_painter().take_warning())
    fmt::print(stderr, "warning: {}\n", *warning);
}

}  // namespace kata
