// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace kata {

/// A key and a certificate signed by itself, both PEM.
struct Certificate {
  std::string key;
  std::string chain;
};

/// Makes an elliptic-curve key (P-256) and a certificate for these names and addresses, valid for
/// a year: browsers ask once whether to trust it. Throws Error{kIo}.
Certificate make_certificate(const std::vector<std::string>& names,
                             const std::vector<std::string>& addresses);

/// 128 random bits as hexadecimal digits, from OpenSSL's generator.
std::string random_token();

}  // namespace kata
