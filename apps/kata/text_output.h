// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "kata/show/atomic_text_file.h"

namespace kata {

/// Lines of text to a file that appears when finished, to stdout for "-", or to nobody.
class TextOutput {
 public:
  /// An empty path takes lines and forgets them. Throws Error when the place cannot be written.
  explicit TextOutput(const std::optional<std::string>& path);

  bool is_wanted() const { return is_stdout_ || file_ != nullptr; }
  /// On stdout each line is flushed: a program may be listening. Throws Error{kIo}.
  void write_line(std::string_view line);
  void finish();

 private:
  bool is_stdout_;
  std::unique_ptr<AtomicTextFile> file_;
};

}  // namespace kata
