// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdio>
#include <memory>
#include <vector>

#include "kata/core/image.h"

namespace kata {

struct PictureStoreOptions {
  int longest_side = 640;  ///< px; larger pictures are made smaller
  int quality = 85;        ///< of JPEG, 1–100
};

/// Pictures of a take by number, in constant memory: JPEG in a temporary file without a name, so
/// that nothing is left behind however the program ends.
class PictureStore {
 public:
  /// Throws Error{kIo} when no temporary file can be made.
  explicit PictureStore(const PictureStoreOptions& options = {});

  /// Throws Error{kIo} when the disk is full.
  void add(const ImageView& picture);
  std::size_t size() const { return starts_.size() - 1; }
  /// BGR, at most this large. Throws std::logic_error for a number that was not added.
  Image picture(std::size_t number, int longest_side = kAsKept) const;
  static constexpr int kAsKept = 1 << 15;

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  PictureStoreOptions options_;
  std::unique_ptr<std::FILE, Close> file_;
  std::vector<std::size_t> starts_ = {0};  ///< bytes; one more than there are pictures
};

}  // namespace kata
