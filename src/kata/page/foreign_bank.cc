// SPDX-License-Identifier: Apache-2.0
// In a page the bank of find is a file, fetched beside the networks: it is larger than the module.
#include <fstream>
#include <iterator>
#include <string>

#include "kata/core/error.h"
#include "kata/find/embedded_bank.h"

namespace kata {

std::string_view embedded_bank() {
  static const std::string bytes = [] {
    std::ifstream file("/models/foreign.bank", std::ios::binary);
    if (!file) throw Error(ErrorCode::kUnavailable, "a part of the page is not loaded yet");
    return std::string(std::istreambuf_iterator<char>(file), {});
  }();
  return bytes;
}

}  // namespace kata
