// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace kata {

/// A file of web/ or api/ as it lies in the program.
struct Page {
  std::string_view path;  ///< as browsers ask for it: "/learn/", "/shared/api.js"
  std::string_view content_type;
  std::string_view tag;  ///< changes with the content (ETag)
  std::string_view content;
};

/// All of them, sorted by path. Made by CMake from web/ (cmake/EmbedPages.cmake).
std::span<const Page> pages();
/// Null when there is none.
const Page* find_page(std::string_view path);

}  // namespace kata
