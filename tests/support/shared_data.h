// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace kata::test {

/// A file of the reference data that may lie beside the checkout; it need not exist.
std::filesystem::path shared_path(const std::string& relative);

/// A file of this repository.
std::filesystem::path source_path(const std::string& relative);

}  // namespace kata::test

/// Skips the running test, naming the file it would need, where the reference data is absent.
#define KATA_NEEDS_SHARED(relative)                                  \
  if (!std::filesystem::exists(::kata::test::shared_path(relative))) \
  GTEST_SKIP() << "needs reference data that is not beside this checkout: " << relative
