// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kata/core/repetition.h"

namespace kata {

/// The web page's way to write movement and label as one word: "hello_R" is right, "hello_W" wrong.
struct SplitLabel {
  std::string movement;
  std::optional<Label> label;  ///< empty when the text has no such ending
};
SplitLabel split_label(std::string_view text);
std::string joined_label(std::string_view movement, Label label);

/// The same of a table's cell, where nothing but such a label may stand: "hello_r" is one too.
SplitLabel split_label_cell(std::string_view text);

/// A label by itself, as people, programs and spreadsheets of several countries write it: "right",
/// "TRUE", "yes", "1", "WAHR", …; empty for anything else.
std::optional<Label> label_from_word(std::string_view word);

/// For messages: a field of a stranger's file, cut to a few characters that print.
std::string shortened(std::string_view text);

}  // namespace kata
