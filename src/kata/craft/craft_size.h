// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace kata {

/// As large as a file may be that comes in by the studio's page: bytes. Only the disk bounds what
/// is put into the folder by hand.
inline constexpr std::uint64_t kLargestCraft = 2ULL << 30U;
/// No take begins in a craft that has grown to so much: bytes. Three and a half hours of takes, of
/// which a second is about 80 kB; the other half is room for the takes that are under way.
inline constexpr std::uint64_t kGrownCraft = kLargestCraft / 2;
/// From here on a craft's teacher is told: bytes.
inline constexpr std::uint64_t kLargeCraft = kGrownCraft / 5 * 4;

/// "1.0 GiB", "71.8 MiB".
std::string size_text(std::uint64_t bytes);

/// What a teacher is told of a craft of this size before another take; empty while it is small.
std::string growth_warning(std::uint64_t bytes);
/// Why no take begins in a craft that has grown to kGrownCraft, and the way out.
std::string too_large_for_take();
/// Why a file beyond kLargestCraft does not come in by the page, and the way out.
std::string too_large_to_import();

}  // namespace kata
