// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

struct FT_FaceRec_;

namespace kata {

/// Part of a text that one font draws.
struct FontRun {
  FT_FaceRec_* font = nullptr;
  std::size_t begin = 0;  ///< characters
  std::size_t count = 0;
};

/// The fonts that texts need: a bold sans-serif, and for letters that it lacks others of the
/// system, looked for when they are first needed. One thread.
class FontSet {
 public:
  /// Tries KATA_FONT (a .ttf file) first, then the usual places of a bold sans-serif, then what
  /// fontconfig names.
  FontSet();
  ~FontSet();
  FontSet(const FontSet&) = delete;
  FontSet& operator=(const FontSet&) = delete;

  /// Null where the system has no font at all.
  FT_FaceRec_* first() const;
  bool first_has(char32_t character) const;

  /// The fonts of a text, from its first to its last character. Letters that no font has become
  /// "?" in `text`.
  std::vector<FontRun> runs_of(std::u32string& text);

  /// Which letters no font had and what to install, as a sentence; only once.
  std::optional<std::string> take_warning();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kata
