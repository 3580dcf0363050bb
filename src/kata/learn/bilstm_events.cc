// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/bilstm_events.h"

#include <array>
#include <bit>
#include <cstring>

namespace kata {
namespace {

constexpr std::array<std::uint32_t, 256> make_table() {
  constexpr std::uint32_t kPolynomial = 0x82F63B78U;  // Castagnoli's, reflected
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) != 0 ? kPolynomial : 0);
    table[i] = value;
  }
  return table;
}
constexpr std::array<std::uint32_t, 256> kTable = make_table();

template <typename T>
std::string little_endian(T value) {
  static_assert(std::endian::native == std::endian::little);
  std::string bytes(sizeof(T), '\0');
  std::memcpy(bytes.data(), &value, sizeof(T));
  return bytes;
}

/// A checksum of bytes that contain checksums would be weak; so TensorFlow rotates and shifts it
/// (tensorflow/core/lib/hash/crc32c.h).
std::string masked_crc(std::string_view bytes) {
  const std::uint32_t crc = crc32c(bytes);
  return little_endian(std::rotr(crc, 15) + 0xA282EAD8U);
}

std::string record(std::string_view data) {
  const std::string length = little_endian(static_cast<std::uint64_t>(data.size()));
  return length + masked_crc(length) + std::string(data) + masked_crc(data);
}

std::string varint(std::uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes += static_cast<char>(value | 0x80);
  return bytes + static_cast<char>(value);
}

// Protocol buffers' wire types.
enum Wire : std::uint64_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

std::string key(std::uint64_t field, Wire wire) { return varint(field << 3 | wire); }

std::string message(std::uint64_t field, std::string_view content) {
  return key(field, kBytes) + varint(content.size()) + std::string(content);
}

}  // namespace

std::uint32_t crc32c(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char byte : bytes) {
    crc = kTable[(crc ^ static_cast<unsigned char>(byte)) & 0xFFU] ^ (crc >> 8);
  }
  return ~crc;
}

// Field numbers of tensorflow/core/util/event.proto and framework/summary.proto.
std::string event_file_start(double wall_time_s) {
  return record(key(1, kFixed64) + little_endian(wall_time_s) + message(3, "brain.Event:2"));
}

std::string event_record(const EventScalar& scalar) {
  const std::string value = message(1, scalar.tag) + key(2, kFixed32) + little_endian(scalar.value);
  return record(key(1, kFixed64) + little_endian(scalar.wall_time_s) + key(2, kVarint) +
                varint(static_cast<std::uint64_t>(scalar.step)) + message(5, message(1, value)));
}

}  // namespace kata
