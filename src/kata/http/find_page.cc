// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "kata/http/pages.h"

namespace kata {

const Page* find_page(std::string_view path) {
  const auto found = std::ranges::find(pages(), path, &Page::path);
  return found == pages().end() ? nullptr : &*found;
}

}  // namespace kata
