// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "kata/core/error.h"
#include "kata/show/atomic_text_file.h"

namespace kata {

/// Lines of text to a file that appears when finished, to stdout for "-", or to nobody.
class TextOutput {
 public:
  /// An empty path takes lines and forgets them. `keeps_part`: a file that cannot be written on
  /// keeps the lines until then; what a live source gave is not to be had again. Throws Error when
  /// the place cannot be written.
  explicit TextOutput(const std::optional<std::string>& path, bool keeps_part = false);

  bool is_wanted() const { return is_stdout_ || file_ != nullptr; }
  /// False once nothing can be written any more; finish() tells why.
  bool is_good() const;
  /// On stdout each line is flushed: a program may be listening.
  void write_line(std::string_view line);
  /// Throws Error{kIo} when not all lines have arrived; those on stdout are main's to tell.
  void finish();

 private:
  bool is_stdout_;
  bool keeps_part_;
  std::unique_ptr<AtomicTextFile> file_;
  std::optional<Error> failure_;
};

}  // namespace kata
