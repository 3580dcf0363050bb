// SPDX-License-Identifier: Apache-2.0
#include "kata/core/error.h"

namespace kata {

void fail_check(const char* condition, const char* text, const char* file, int line) {
  throw std::logic_error(std::string(file) + ":" + std::to_string(line) + ": " + text + " (" +
                         condition + ")");
}

}  // namespace kata
