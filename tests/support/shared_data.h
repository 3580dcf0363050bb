// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace kata::test {

/// A file of the reference data that may lie beside the checkout; it need not exist.
inline std::filesystem::path shared_path(const std::string& relative) {
  return std::filesystem::path(KATA_SHARED_DIR) / relative;
}

/// A file of this repository.
inline std::filesystem::path source_path(const std::string& relative) {
  return std::filesystem::path(KATA_SOURCE_DIR) / relative;
}

}  // namespace kata::test

/// Skips the running test, naming the file it would need, where the reference data is absent.
#define KATA_NEEDS_SHARED(relative)                                                    \
  if (!std::filesystem::exists(::kata::test::shared_path(relative)))                   \
  GTEST_SKIP() << "needs reference data that is not beside this checkout: " << relative
