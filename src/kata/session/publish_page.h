// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace kata {

struct PublishOptions {
  std::filesystem::path page;   ///< the page as it was built: static files with a site.json
  std::filesystem::path craft;  ///< to learn there; empty = the studio
  bool with_takes = false;      ///< leave the teacher's landmarks in the craft's file
};

/// Makes a folder that any web host serves: the page, and a craft's file beside it.
///
/// The folder appears when it is complete; one that holds such a page already is replaced. Throws
/// Error: kInvalidArgument for a craft without a judge or a folder with something else in it,
/// kNotFound where the page was not built, kIo.
void publish_page(const PublishOptions& options, const std::filesystem::path& folder);

}  // namespace kata
