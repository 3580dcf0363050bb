// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/npy_array.h"

#include <charconv>
#include <cstdint>
#include <cstring>

#include "kata/core/error.h"

namespace kata {
namespace {

// numpy/lib/format.py describes the format: magic, version, header length, a Python dict as text.
constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kMaxHeaderBytes = 10'000;  // NumPy's own limit since 1.24

[[noreturn]] void fail(ErrorCode code, const std::string& what) {
  throw Error(code, "this .npy file cannot be read: " + what);
}

struct NpyParts {
  std::string_view header;
  std::string_view values;
};

NpyParts parts_of(std::string_view bytes) {
  if (bytes.size() < 10 || bytes.substr(0, kMagic.size()) != kMagic) {
    fail(ErrorCode::kCorrupt, "it does not begin as one");
  }
  const int major = static_cast<std::uint8_t>(bytes[6]);
  if (major < 1 || major > 3) fail(ErrorCode::kUnsupported, "its format is newer than 3");
  const std::size_t length_bytes = major == 1 ? 2 : 4;
  const std::size_t start = 8 + length_bytes;
  std::size_t header_bytes = 0;
  if (bytes.size() < start) fail(ErrorCode::kCorrupt, "its header is cut off");
  for (std::size_t i = 0; i < length_bytes; ++i) {
    header_bytes |= static_cast<std::size_t>(static_cast<std::uint8_t>(bytes[8 + i])) << (8 * i);
  }
  if (header_bytes > kMaxHeaderBytes || header_bytes > bytes.size() - start) {
    fail(ErrorCode::kCorrupt, "its header is cut off");
  }
  return {bytes.substr(start, header_bytes), bytes.substr(start + header_bytes)};
}

/// What follows `'key':` in the header's dict.
std::string_view value_of(std::string_view header, const std::string& key) {
  std::size_t at = header.find("'" + key + "'");
  if (at != std::string_view::npos) at = header.find(':', at);
  if (at == std::string_view::npos) fail(ErrorCode::kCorrupt, "its header has no " + key);
  at = header.find_first_not_of(' ', at + 1);
  if (at == std::string_view::npos) fail(ErrorCode::kCorrupt, "its header has no " + key);
  return header.substr(at);
}

std::size_t count_of(std::string_view header, std::size_t most) {
  std::string_view shape = value_of(header, "shape");
  const std::size_t close = shape.find(')');
  if (shape.front() != '(' || close == std::string_view::npos) {
    fail(ErrorCode::kCorrupt, "its shape is not a tuple");
  }
  shape = shape.substr(1, close - 1);
  std::size_t count = 1;
  while (!shape.empty()) {
    std::size_t size = 0;
    const auto [end, error] = std::from_chars(shape.data(), shape.data() + shape.size(), size);
    if (error != std::errc()) fail(ErrorCode::kCorrupt, "its shape is not whole numbers");
    if (size != 0 && count > most / size) fail(ErrorCode::kCorrupt, "its values are cut off");
    count *= size;
    shape.remove_prefix(static_cast<std::size_t>(end - shape.data()));
    const std::size_t next = shape.find_first_not_of(", ");
    shape.remove_prefix(next == std::string_view::npos ? shape.size() : next);
  }
  return count;
}

template <typename T>
std::vector<double> values_as(std::string_view bytes, std::size_t count) {
  std::vector<double> values(count);
  for (std::size_t i = 0; i < count; ++i) {
    T value;
    std::memcpy(&value, bytes.data() + i * sizeof(T), sizeof(T));
    values[i] = static_cast<double>(value);
  }
  return values;
}

}  // namespace

std::vector<double> numbers_from_npy(std::string_view bytes) {
  const NpyParts parts = parts_of(bytes);
  const std::string_view type = value_of(parts.header, "descr");
  const bool is_double = type.substr(0, 5) == "'<f8'";
  if (!is_double && type.substr(0, 5) != "'<f4'") {
    fail(ErrorCode::kUnsupported, "its numbers are neither float32 nor float64, little-endian");
  }
  if (value_of(parts.header, "fortran_order").substr(0, 5) != "False") {
    fail(ErrorCode::kUnsupported, "its order is Fortran's");
  }
  const std::size_t size = is_double ? sizeof(double) : sizeof(float);
  const std::size_t count = count_of(parts.header, parts.values.size() / size);
  if (count != parts.values.size() / size || parts.values.size() % size != 0) {
    fail(ErrorCode::kCorrupt, "its shape does not fit its size");
  }
  return is_double ? values_as<double>(parts.values, count) : values_as<float>(parts.values, count);
}

std::string npy_from_numbers(std::span<const double> numbers) {
  std::string header = "{'descr': '<f8', 'fortran_order': False, 'shape': (" +
                       std::to_string(numbers.size()) + ",), }";
  // The values begin at a multiple of 64 bytes; the header ends in a line break.
  const std::size_t used = kMagic.size() + 4 + header.size() + 1;
  header.append((64 - used % 64) % 64, ' ');
  header += '\n';
  std::string bytes(kMagic);
  bytes += '\x01';
  bytes += '\0';
  bytes += static_cast<char>(header.size() & 0xFFU);
  bytes += static_cast<char>(header.size() >> 8U);
  bytes += header;
  bytes.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(double));
  return bytes;
}

}  // namespace kata
