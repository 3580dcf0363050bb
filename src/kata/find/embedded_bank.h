// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace kata {

/// The bytes of foreign.bank.
std::string_view embedded_bank();

}  // namespace kata
