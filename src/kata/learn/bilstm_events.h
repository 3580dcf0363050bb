// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kata {

/// Castagnoli's checksum, as TensorBoard's files carry it.
std::uint32_t crc32c(std::string_view bytes);

/// One number of one step, as TensorBoard draws it.
struct EventScalar {
  double wall_time_s = 0;  ///< since 1970
  std::int64_t step = 0;
  std::string_view tag;
  float value = 0;
};

/// What a TensorBoard event file begins with: a TFRecord with the format's version.
std::string event_file_start(double wall_time_s);

/// A TFRecord with one scalar; appended to the file. Whatever was written stays readable when the
/// writer is cut off.
std::string event_record(const EventScalar& scalar);

}  // namespace kata
