// SPDX-License-Identifier: Apache-2.0
#include "kata/archive/archive_unit.h"

#include <fmt/format.h>

#include "kata/craft/sha256.h"
#include "kata/session/track_reader.h"

namespace kata {

bool needs_networks(const ArchiveUnit& unit) { return !is_track_name(unit.file.native()); }

std::string unit_id(const std::string& path, const UnitSpan& span, bool is_joined) {
  constexpr std::size_t kDigits = 16;  // 64 bits: no two alike among millions
  Sha256 hash;
  hash.add(fmt::format("{}\n{:.3f}\n{}\n{}", path, span.start_s,
                       span.end_s ? fmt::format("{:.3f}", *span.end_s) : "end",
                       is_joined ? "joined" : "tracked"));
  return hash.finish().substr(0, kDigits);
}

}  // namespace kata
