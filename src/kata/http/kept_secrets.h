// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "kata/http/certificate.h"

namespace kata {

/// The certificate that was made on first use, or a new one when the computer's addresses have
/// changed or it is about to run out; so that a phone asks once, not at every start.
///
/// Kept in `folder`, readable by its owner only; an empty folder keeps nothing. Throws Error{kIo}.
Certificate kept_certificate(const std::filesystem::path& folder,
                             const std::vector<std::string>& names,
                             const std::vector<std::string>& addresses);

/// The token of the first use, or a new one; so that a phone that was let in stays in.
std::string kept_token(const std::filesystem::path& folder, bool is_new);

}  // namespace kata
