// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace kata {

/// CRC-32 as in zip files (ISO-HDLC): finds damage, not malice.
std::uint32_t crc32(std::string_view bytes);

}  // namespace kata
